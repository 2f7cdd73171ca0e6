// Handles left to the collector, closed in any order, used by two threads: an exception at most.
using System;
using System.Linq;
using System.Threading;
using Crm;

static class Lifetime
{
    static int ok, misuse;
    static volatile bool stop;

    static void Refused(Action work)
    {
        try
        {
            work();
        }
        catch (CrmException error)
        {
            if (error.Status == Status.Misuse) return;
        }
        throw new Exception("a closed handle was used");
    }

    static void Work(Database db)
    {
        while (!stop)
            try
            {
                new Company(db) { Name = "из другого потока" }; // left to the collector's thread
                db.Select("{\"entity\": \"company\"}").Count();
                Interlocked.Increment(ref ok);
            }
            catch (CrmException error)
            {
                if (error.Status != Status.Misuse) throw;
                Interlocked.Increment(ref misuse);
            }
    }

    static void Main(string[] args)
    {
        var db = new Database(args[0]);
        var record = new Company(db) { Name = "Вектор" };
        record.Save();
        var query = db.Prepare("{\"entity\": \"company\"}");
        db.Dispose();
        db.Dispose();
        Refused(record.Save);
        Refused(() => query.Run().Count());
        Refused(() => db.Now());
        record.Dispose();
        Refused(() => record.Name = "x");

        db = new Database(args[0]);
        for (var i = 0; i < 5000; ++i)
        {
            new Company(db) { Name = "брошенный" };
            if (i % 500 == 0) GC.Collect();
            if (db.Select("{\"entity\": \"company\", \"columns\": [\"id\"]}").Count() != 1) throw new Exception("a lost row");
        }
        GC.WaitForPendingFinalizers();
        var threads = new[] { new Thread(() => Work(db)), new Thread(() => Work(db)) };
        foreach (var thread in threads) thread.Start();
        for (var i = 0; i < 100 && (ok < 50 || misuse < 5); ++i) Thread.Sleep(50);
        stop = true;
        foreach (var thread in threads) thread.Join();
        if (ok == 0 || misuse == 0) throw new Exception("ok " + ok + ", misuse " + misuse);
        if (db.Select("{\"entity\": \"company\"}").Count() != 1) throw new Exception("a lost row");
        Console.WriteLine("fine");
    }
}
