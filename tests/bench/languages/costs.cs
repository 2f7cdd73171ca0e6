// costs.exe DB DATA: what a call, a row, a list and a month cost through the binding for .NET.
using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Crm;
using Crm.Native;

static class Costs
{
    const int Calls = 1000000, Lists = 10;
    const string List = "{\"entity\": \"event\", \"columns\": [\"id\", \"start_at\", \"end_at\", \"type_id\", \"stored_state\", \"priority\"," +
        " \"sequence\", \"due_at\", \"purpose\", \"result\", \"company.name\", \"executor.last_name\"], \"order\": [\"id\"], \"limit\": 1000}";
    const string Month = "{\"entity\": \"event\", \"columns\": [\"id\", \"start_at\", \"end_at\", \"type_id\", \"stored_state\", \"priority\"," +
        " \"purpose\", \"company.name\"], \"where\": {\"all\": [{\"field\": \"executor_id\", \"value\": {\"param\": 1}}," +
        " {\"field\": \"start_at\", \"op\": \"ge\", \"value\": {\"param\": 2}}, {\"field\": \"start_at\", \"op\": \"lt\", \"value\": {\"param\": 3}}]}," +
        " \"order\": [\"start_at\"]}";
    static long drawn;

    static void Cost(string task, double count, Action work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < 3; ++run)
        {
            var watch = Stopwatch.StartNew();
            work();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{{\"language\": \"C#\", \"task\": \"{0}\", \"us\": {1:0.#####}}}", task, best * 1000 / count));
    }

    static void Draw(Cursor cursor, int columns)
    {
        int count;
        while ((count = cursor.Next()) > 0)
            for (var i = 0; i < count * columns; ++i)
            {
                var cell = cursor.Cells[i];
                drawn += cell.kind == Raw.CRM_TEXT ? Cursor.Text(cell).Length : cell.value.integer;
            }
        cursor.Dispose();
    }

    static void Getters(Query query)
    {
        IntPtr cursor;
        int more, length;
        Raw.crm_query_run(query.Handle, out cursor);
        while (Raw.crm_cursor_next(cursor, out more) == 0 && more != 0)
            for (var i = 0; i < 12; ++i)
                drawn += i >= 8 ? (long)Raw.crm_cursor_text(cursor, i, out length) : Raw.crm_cursor_int(cursor, i);
        Raw.crm_cursor_close(cursor);
    }

    static void Main(string[] args)
    {
        using (var db = new Database(args[0]))
        using (var company = new Company(db))
        using (var rows = db.Prepare(List))
        using (var month = db.Prepare(Month))
        {
            var months = File.ReadAllLines(args[1] + "/p_cal.csv").Select(line => line.Split('|').Select(long.Parse).ToArray()).ToArray();
            Cost("call", Calls, () => { for (var i = 0; i < Calls; ++i) drawn += Raw.crm_record_int(company.Handle, Raw.CRM_COMPANY_STATUS); });
            Cost("getters", 1000, () => Getters(rows));
            Cost("cells", 1000, () => Draw(rows.Open(256), 12));
            Cost("json", 1000, () =>
            {
                IntPtr answer;
                Raw.crm_query_rows_json(rows.Handle, out answer);
                Json.Parse(System.Runtime.InteropServices.Marshal.PtrToStringAnsi(answer));
            });
            Cost("list", Lists, () => { for (var i = 0; i < Lists; ++i) Draw(rows.Open(256), 12); });
            Cost("month", months.Length, () =>
            {
                foreach (var m in months) Draw(month.Open(64, m[0], m[1] * 1000000, m[2] * 1000000), 8);
            });
        }
    }
}
