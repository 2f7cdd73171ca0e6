// Reassign.exe DATABASE FROM TO [REASON]: hands the clients of one manager over to another, all or none, with their open events.
// FROM and TO are logins. Without REASON it only shows what would move.
using System;
using System.Collections.Generic;
using System.Linq;
using Crm;

static class Reassign
{
    static long UserOf(Database db, string login)
    {
        using (var users = db.Prepare("{\"entity\": \"user\", \"columns\": [\"id\"], \"where\": {\"field\": \"login\", \"value\": {\"param\": 1}}}"))
        {
            var found = users.Run(login).ToList();
            if (found.Count == 0) throw new ArgumentException("no user has the login " + login);
            return found[0].Get<long>("id");
        }
    }

    static List<Row> Rows(Database db, string query, long user)
    {
        using (var prepared = db.Prepare(query)) return prepared.Run(user).ToList();
    }

    const string Clients = @"{""entity"": ""assignment"", ""columns"": [""company_id"", ""company.name"", ""role""],
        ""where"": {""all"": [{""field"": ""user_id"", ""value"": {""param"": 1}}, {""field"": ""to_date"", ""op"": ""is_null""}]}, ""order"": [""company.name""]}";

    const string OpenEvents = @"{""entity"": ""event"", ""columns"": [""id"", ""version"", ""company_id""],
        ""where"": {""all"": [{""field"": ""executor_id"", ""value"": {""param"": 1}},
                          {""field"": ""stored_state"", ""op"": ""in"", ""value"": [""planned"", ""rescheduled"", ""postponed""]}]}}";

    static void Run(string path, string from, string to, string reason)
    {
        using (var db = new Database(path, new OpenOptions { CreateFile = false }))
        {
            long leaving = UserOf(db, from), coming = UserOf(db, to);
            var clients = Rows(db, Clients, leaving);
            var companies = new HashSet<long>(clients.Select(c => c.Get<long>("company_id")));
            var events = Rows(db, OpenEvents, leaving).Where(e => e["company_id"] != null && companies.Contains(e.Get<long>("company_id"))).ToList();
            foreach (var client in clients) Console.WriteLine("  " + client["company.name"]);
            Console.WriteLine("{0} clients and {1} open events of {2} {3} {4}", clients.Count, events.Count, from, reason == null ? "would go to" : "go to", to);
            if (reason == null) return;
            db.Transaction(() =>
            {
                foreach (var client in clients) db.Assign(client.Get<long>("company_id"), coming, client.Get<AssignmentRole>("role"), null, reason);
                foreach (var e in events)
                    db.EventAct(e.Get<long>("id"), e.Get<long>("version"), EventAction.ChangeExecutor, new EventActOptions { Executor = coming, Reason = reason });
            });
        }
    }

    static int Main(string[] args)
    {
        if (args.Length != 3 && args.Length != 4)
        {
            Console.Error.WriteLine("usage: Reassign.exe DATABASE FROM TO [REASON]");
            return 2;
        }
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        try
        {
            Run(args[0], args[1], args[2], args.Length == 4 ? args[3] : null);
            return 0;
        }
        catch (Exception error)
        {
            if (!(error is CrmException) && !(error is ArgumentException)) throw;
            Console.Error.WriteLine(error.Message + (args.Length == 4 ? "; nothing was changed" : ""));
            return 1;
        }
    }
}
