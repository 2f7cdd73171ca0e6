// scenario.exe FILE DATABASE: every step of the scenario through the binding for .NET; prints an answer a line (JSON).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Crm;

using Members = System.Collections.Generic.Dictionary<string, object>;
using Items = System.Collections.Generic.List<object>;

static class Scenario
{
    static readonly Dictionary<string, Database> Dbs = new Dictionary<string, Database>();
    static readonly Dictionary<string, Record> Records = new Dictionary<string, Record>();
    static Items asked = new Items();
    static string path;

    static string Pascal(string name) { return string.Concat(name.Split('_').Select(p => char.ToUpperInvariant(p[0]) + p.Substring(1))); }
    static Type ClassOf(string entity) { return typeof(Database).Assembly.GetType("Crm." + Pascal(entity)); }

    /// <summary>An argument as a programmer writes it, but for its type.</summary>
    static object Given(object value)
    {
        if (value is Items) return ((Items)value).ConvertAll(Given);
        var members = value as Members;
        if (members == null) return value;
        if (members.ContainsKey("$")) return Records[(string)members["$"]].Id;
        if (members.ContainsKey("record")) return Records[(string)members["record"]];
        if (members.ContainsKey("records") && members.Count == 1) return ((Items)members["records"]).Select(n => (EventLine)Records[(string)n]).ToArray();
        if (members.ContainsKey("version") && members["version"] is string) return Records[(string)members["version"]].Version;
        if (members.ContainsKey("instant")) return DateTimeOffset.Parse((string)members["instant"], CultureInfo.InvariantCulture);
        if (members.ContainsKey("date") && members.Count == 1) return DateTime.Parse((string)members["date"], CultureInfo.InvariantCulture);
        if (members.ContainsKey("entity") && members.Count == 1) return members["entity"];
        if (members.ContainsKey("flag")) return members["flag"];
        if (members.ContainsKey("choice")) return Code(ClassOf((string)((Items)members["choice"])[0]), (string)((Items)members["choice"])[1]);
        return members.ToDictionary(m => m.Key, m => Given(m.Value));
    }

    static object Code(Type choices, string code) { return Enum.GetValues(choices).Cast<Enum>().First(v => Schema.Code(v) == code); }

    /// <summary>As a property or a parameter of that type wants it.</summary>
    static object Typed(Type type, object value)
    {
        value = Given(value);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value == null || type.IsInstanceOfType(value)) return value;
        if (type == typeof(DateTime)) return DateTime.Parse((string)value, CultureInfo.InvariantCulture);
        if (type == typeof(DateTimeOffset)) return DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture);
        if (type.IsEnum) return Code(type, (string)value);
        return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }

    static void Set(Record record, Members fields)
    {
        foreach (var field in fields)
        {
            var property = record.GetType().GetProperty(Pascal(field.Key));
            Invoke(() => property.SetValue(record, Typed(property.PropertyType, field.Value), null));
        }
    }

    /// <summary>What was thrown inside, not that reflection met it.</summary>
    static void Invoke(Action work)
    {
        try
        {
            work();
        }
        catch (TargetInvocationException outer)
        {
            throw outer.InnerException;
        }
    }

    /// <summary>What a property or a method gave, as JSON: the same in every language.</summary>
    static object Told(object value)
    {
        if (value is DateTimeOffset) return ((DateTimeOffset)value).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (value is DateTime) return ((DateTime)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (value is decimal) return ((decimal)value).ToString("0.######", CultureInfo.InvariantCulture);
        if (value is object[]) return ((object[])value).Select(Told).ToList();
        return value;
    }

    static object Call(Database db, Members step)
    {
        var method = typeof(Database).GetMethod(Pascal((string)step["method"]));
        var args = (Items)step["args"];
        var parameters = method.GetParameters();
        var given = new object[parameters.Length];
        for (var i = 0; i < args.Count; ++i)
            given[i] = parameters[i].ParameterType == typeof(EventActOptions) ? Options((Members)args[i]) : Typed(parameters[i].ParameterType, args[i]);
        object answer = null;
        Invoke(() => answer = method.Invoke(db, given));
        if (method.ReturnType == typeof(void) && parameters.Any(p => p.IsOut)) answer = given.Skip(args.Count).ToArray();
        return At(step, Told(answer));
    }

    static object At(Members step, object answer)
    {
        foreach (var part in step.ContainsKey("at") ? (Items)step["at"] : new Items())
            answer = part is long ? ((Items)answer)[(int)(long)part] : ((Members)answer)[(string)part];
        return answer;
    }

    /// <summary>Functions that answer what the step says, or throw it.</summary>
    static Host HostOf(Members parts)
    {
        var host = new Host();
        foreach (var part in parts)
        {
            var name = part.Key;
            var said = (Members)Given(part.Value);
            Func<object, object> ask = question =>
            {
                if (name != "clock") asked.Add(new Items { name, question }); // who knows how often
                if (said.ContainsKey("fails")) throw new InvalidOperationException((string)said["fails"]);
                return said["answer"];
            };
            switch (name)
            {
                case "clock": host.Clock = () => (DateTimeOffset)ask(null); break;
                case "deliver": host.Deliver = notice => ask(notice); break;
                case "geocode": host.Geocode = query => (Members)ask(query); break;
                case "file_exists": host.FileExists = uri => (bool)ask(uri); break;
                case "authorise": host.Authorise = change => (string)ask(change); break;
                case "products": host.Products = position => (Members)ask(position); break;
                case "documents": host.Documents = position => (Members)ask(position); break;
                case "receipts": host.Receipts = position => (Members)ask(position); break;
                default: throw new InvalidOperationException("unknown part " + name);
            }
        }
        return host;
    }

    static object AskedOfHost()
    {
        var all = asked;
        asked = new Items();
        return all;
    }

    static EventActOptions Options(Members given)
    {
        var options = new EventActOptions();
        foreach (var member in given)
        {
            var field = typeof(EventActOptions).GetField(Pascal(member.Key));
            field.SetValue(options, Typed(field.FieldType, member.Value));
        }
        return options;
    }

    static object Rows(Database db, Members query)
    {
        return db.Select(Given(query)).Select(row => Enumerable.Range(0, row.Count).Select(i => Told(row[i])).ToList()).ToList();
    }

    static object Page(Database db, Members query)
    {
        var page = (Members)db.Query(Given(query));
        return new Members { { "rows", page["rows"] }, { "next", page.ContainsKey("next") ? page["next"] : null } };
    }

    static OpenOptions OptionsOf(Members step)
    {
        Func<string, string> given = name => step.ContainsKey(name) ? (string)step[name] : null;
        var options = new OpenOptions { Zone = given("zone"), Currency = given("currency") };
        if (step.ContainsKey("limits"))
            foreach (var limit in (Members)step["limits"]) typeof(OpenOptions).GetField(Pascal(limit.Key)).SetValue(options, Convert.ToInt64(limit.Value));
        return options;
    }

    static object Run(Members step)
    {
        var db = Dbs[step.ContainsKey("on") ? (string)step["on"] : "first"];
        var record = step.ContainsKey("record") ? Records[(string)step["record"]] : null;
        switch ((string)step["do"])
        {
            case "open": Dbs[(string)step["as"]] = new Database(step.ContainsKey("path") ? (string)step["path"] : path, OptionsOf(step)); return null;
            case "call": return Call(db, step);
            case "host": db.HostSet(HostOf((Members)step["parts"])); return null;
            case "asked": return At(step, AskedOfHost());
            case "new":
                record = (Record)Activator.CreateInstance(ClassOf((string)step["entity"]), db);
                var fields = (Members)step["fields"];
                Set(record, fields.OrderBy(f => f.Key == "amount").ToDictionary(f => f.Key, f => f.Value));
                Records[(string)step["as"]] = record;
                return null;
            case "load":
                Invoke(() => record = (Record)ClassOf((string)step["entity"]).GetMethod("Load").Invoke(null, new[] { db, Given(step["id"]) }));
                Records[(string)step["as"]] = record;
                return null;
            case "set": Set(record, (Members)step["fields"]); return null;
            case "set_text": record.SetText(Field(record, step), (string)step["text"]); return null;
            case "set_int": record.SetInt64(Field(record, step), (long)step["number"]); return null;
            case "get": return ((Items)step["fields"]).ToDictionary(f => (string)f, f => Got(record, (string)f));
            case "query": return Page(db, (Members)step["query"]);
            case "select": return Rows(db, (Members)step["query"]);
            case "save": record.Save(); return null;
            case "erase": record.Erase(); return null;
            case "close": ((IDisposable)record ?? db).Dispose(); return null;
        }
        throw new InvalidOperationException("unknown step " + step["do"]);
    }

    static int Field(Record record, Members step)
    {
        return Array.Find(Schema.Entities.ToArray(), e => Pascal(e.Name) == record.GetType().Name).Find((string)step["field"]).Number;
    }

    static object Got(Record record, string field)
    {
        var value = record.GetType().GetProperty(Pascal(field)).GetValue(record, null);
        return Told(value);
    }

    static object Answer(Members step)
    {
        try
        {
            return new Members { { "answer", Run(step) } };
        }
        catch (CrmException error)
        {
            var violations = error.Violations.Select(v => new Members { { "rule", v.Rule }, { "entity", v.Entity }, { "field", v.Field } }).ToList();
            return new Members { { "error", new Members { { "code", error.Code }, { "text", error.Message }, { "violations", violations } } } };
        }
    }

    static void Main(string[] args)
    {
        path = args[1];
        Dbs["first"] = new Database(path);
        foreach (Members step in (Items)Json.Parse(File.ReadAllText(args[0])))
            Console.WriteLine(step.ContainsKey("do") ? Json.Text(Answer(step)) : "{}");
    }
}
