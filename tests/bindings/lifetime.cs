// Handles left to the collector, closed in any order, another thread's: an exception at most.
using System;
using System.Linq;
using System.Threading;
using Crm;

static class Lifetime
{
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
            if (Company.Load(db, 1).Name != "Вектор") throw new Exception("a text of what nobody holds");
            if (db.Select("{\"entity\": \"company\", \"columns\": [\"id\"]}").Count() != 1) throw new Exception("a lost row");
        }
        GC.WaitForPendingFinalizers();
        record = Company.Load(db, 1);
        Exception lost = null;
        var other = new Thread(() =>
        {
            try
            {
                Refused(() => db.Now());
                Refused(record.Save);
                Refused(() => record.Name.ToString());
                Refused(() => new Company(db));
                db.ThreadTake();
                record.Save();
            }
            catch (Exception problem)
            {
                lost = problem;
            }
        });
        other.Start();
        other.Join();
        if (lost != null) throw lost;
        Refused(() => db.Now());
        db.ThreadTake();
        if (record.Name != "Вектор") throw new Exception("a lost name");
        Console.WriteLine("fine");
    }
}
