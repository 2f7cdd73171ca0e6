// Handles left to the collector, closed in any order, another thread's: an exception at most.
using System;
using System.Linq;
using System.Runtime.InteropServices;
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

    [DllImport("libsqlite3.so.0")] static extern int sqlite3_open(string path, out IntPtr connection);
    [DllImport("libsqlite3.so.0")] static extern int sqlite3_exec(IntPtr connection, string sql, IntPtr callback, IntPtr user, IntPtr error);
    [DllImport("libsqlite3.so.0")] static extern int sqlite3_close(IntPtr connection);

    /// <summary>The host's ROLLBACK on his own connection undoes ours.</summary>
    static void Joined()
    {
        IntPtr connection;
        sqlite3_open(":memory:", out connection);
        using (var db = new Database(connection))
        {
            sqlite3_exec(connection, "BEGIN", IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            new Company(db) { Name = "Вектор" }.Save();
            sqlite3_exec(connection, "ROLLBACK", IntPtr.Zero, IntPtr.Zero, IntPtr.Zero);
            if (db.Select("{\"entity\": \"company\"}").Any()) throw new Exception("his rollback undid nothing of ours");
        }
        if (sqlite3_close(connection) != 0) throw new Exception("something of ours is open on his connection");
    }

    sealed class Silent : Exception
    {
        public override string Message { get { throw new InvalidOperationException("no text"); } }
    }

    static void Told(Database db, Func<DateTimeOffset> clock, string text)
    {
        db.HostSet(new Host { Clock = clock });
        try
        {
            db.Now();
        }
        catch (CrmException error)
        {
            if (error.Status == Status.Host && error.Message.Contains(text)) return;
            throw;
        }
        throw new Exception(text + ": not told");
    }

    /// <summary>The functions of a host live as long as the library may call them; what they do wrong is told.</summary>
    static void OfHost()
    {
        var db = new Database("memory:");
        for (var i = 0; i < 2000; ++i)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(i);
            db.HostSet(new Host { Clock = () => at });
            if (i % 200 == 0) GC.Collect();
            if (db.Now() != at) throw new Exception("another clock");
        }
        Told(db, () => new DateTimeOffset(db.Today()), "must not call back");
        Told(db, () => { throw new InvalidOperationException("нет часов"); }, "нет часов");
        Told(db, () => { throw new Silent(); }, "Silent");
        db.HostSet(new Host { Clock = () => { db.Dispose(); return DateTimeOffset.UtcNow; } });
        Refused(() => db.Now());
    }

    static Status StatusOf(Action work)
    {
        try
        {
            work();
            return Status.Ok;
        }
        catch (CrmException error)
        {
            return error.Status;
        }
    }

    /// <summary>A call that takes long ends when another thread asks for it, in a unit of work with the unit.</summary>
    static void Interrupted()
    {
        using (var db = new Database(":memory:"))
        {
            new Company(db) { Name = "Вектор" }.Save();
            var stop = false;
            var other = new Thread(() => { while (!Volatile.Read(ref stop)) db.Interrupt(); });
            db.Begin();
            other.Start();
            var told = Status.Ok;
            while (told == Status.Ok) told = StatusOf(() => db.Query("{\"entity\": \"company\"}"));
            Volatile.Write(ref stop, true);
            other.Join();
            if (told != Status.Interrupted) throw new Exception("a call was not interrupted: " + told);
            if (StatusOf(() => db.Query("{\"entity\": \"company\"}")) != Status.Storage) throw new Exception("an interrupted unit goes on");
            db.Rollback();
            if (db.Select("{\"entity\": \"company\"}").Count() != 1) throw new Exception("a lost row");
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
        Interrupted();
        OfHost();
        Joined();
        Console.WriteLine("fine");
    }
}
