// What is the same for every entity: errors, values, records, rows, the database.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Crm.Native;

namespace Crm
{
    /// <summary>A broken rule: its permanent id, where, what was given, and the sentence for people.</summary>
    public sealed class Violation
    {
        public string Rule, Entity, Field, Value, Detail, Text;
        public long Record;
    }

    /// <summary>What the library refuses.</summary>
    public sealed class CrmException : Exception
    {
        public Status Status { get; private set; }
        public IReadOnlyList<Violation> Violations { get; private set; }

        /// <summary>"refused", "conflict", ...</summary>
        public string Code { get { return Utf8.Text(Raw.crm_status_name((int)Status)); } }

        /// <summary>The field of the first broken rule, "" if there is none.</summary>
        public string Field { get { return Violations.Count > 0 ? Violations[0].Field : ""; } }

        internal CrmException(Status status, string message, IReadOnlyList<Violation> violations = null) : base(message)
        {
            Status = status;
            Violations = violations ?? new Violation[0];
        }

        /// <summary>An error of the binding itself, in the form of the library's.</summary>
        internal static CrmException Refusal(Status status, string rule, string value, string detail)
        {
            var text = rule + ": " + detail;
            var broken = new Violation { Rule = rule, Entity = "", Field = "", Value = value, Detail = detail, Text = text };
            return new CrmException(status, text, new[] { broken });
        }

        internal static CrmException Of(IntPtr db, int status)
        {
            IntPtr json;
            var told = Raw.crm_error_json(db, out json) == Raw.CRM_OK ? (Dictionary<string, object>)Json.Parse(Utf8.Text(json)) : null;
            // Closed, or of another thread: the handle has no error of this call.
            if (told == null || (string)told["code"] != Utf8.Text(Raw.crm_status_name(status)))
                return new CrmException((Status)status, Utf8.Text(Raw.crm_error_message(db)));
            var violations = new List<Violation>();
            var texts = new List<string>();
            foreach (Dictionary<string, object> v in (List<object>)told["violations"])
            {
                violations.Add(new Violation
                {
                    Rule = (string)v["rule"], Entity = (string)v["entity"], Field = (string)v["field"], Record = (long)v["record"],
                    Value = (string)v["value"], Detail = (string)v["detail"], Text = (string)v["text"]
                });
                texts.Add((string)v["text"]);
            }
            return new CrmException((Status)status, texts.Count > 0 ? string.Join("; ", texts) : (string)told["message"], violations);
        }
    }

    static class Library
    {
        /// <summary>Tells in one sentence that the library is not there, before anything else needs it.</summary>
        public static void Needed()
        {
            try { Raw.crm_version(); }
            catch (DllNotFoundException problem)
            {
                throw new DllNotFoundException("cannot load the library of crm, crm.dll or libcrm.so (" + problem.Message + "); put it beside the program, or "
                    + "let CRM_LIBRARY name it and source bindings/env.sh, which sets LD_LIBRARY_PATH; in a clone, cmake --preset library && cmake --build "
                    + "--preset library makes build/library/capi/libcrm.so");
            }
        }
    }

    static class Utf8
    {
        static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        /// <summary>With a zero byte at the end.</summary>
        public static byte[] Bytes(string text)
        {
            if (text == null) throw new ArgumentNullException("text");
            var at = text.IndexOf('\0');
            if (at >= 0) throw CrmException.Refusal(Status.InvalidArgument, "field.nul", text, "a zero byte at " + at + ": remove it");
            var bytes = new byte[Strict.GetByteCount(text) + 1];
            Strict.GetBytes(text, 0, text.Length, bytes, 0);
            return bytes;
        }

        public static byte[] BytesOrNull(string text) { return text == null ? null : Bytes(text); }
        public static byte[] Plain(string text) { return Strict.GetBytes(text); }

        public static unsafe string Text(IntPtr text)
        {
            if (text == IntPtr.Zero) return null;
            var length = 0;
            while (((byte*)text)[length] != 0) ++length;
            return Text(text, length);
        }

        public static unsafe string Text(IntPtr text, int length) { return Strict.GetString((byte*)text, length); }
    }

    /// <summary>Texts that a struct points to while it is in use.</summary>
    sealed class Texts : IDisposable
    {
        readonly List<IntPtr> held = new List<IntPtr>();

        public IntPtr Pointer(string text)
        {
            if (text == null) return IntPtr.Zero;
            var bytes = Utf8.Bytes(text);
            var copy = Marshal.AllocHGlobal(bytes.Length);
            Marshal.Copy(bytes, 0, copy, bytes.Length);
            held.Add(copy);
            return copy;
        }

        public void Dispose() { held.ForEach(Marshal.FreeHGlobal); }
    }

    static class Time
    {
        static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        const long TicksPerMicro = 10;

        public static long ToDays(DateTime? day) { return day.HasValue ? (long)(day.Value.Date - Epoch.Date).TotalDays : Raw.CRM_NONE; }
        /// <summary>One that no calendar has is the nearest that there is; so is an instant.</summary>
        public static DateTime FromDays(long days) { return new DateTime(1970, 1, 1).AddDays(Math.Max(-719162, Math.Min(2932896, days))); }

        public static long ToMicros(DateTimeOffset? at)
        {
            return at.HasValue ? (long)Math.Floor((at.Value.UtcTicks - Epoch.Ticks) / (decimal)TicksPerMicro) : Raw.CRM_NONE;
        }

        public static DateTimeOffset FromMicros(long micros)
        {
            return new DateTimeOffset(Epoch.AddTicks(Math.Max(-62135596800000000, Math.Min(253402300799999999, micros)) * TicksPerMicro));
        }
    }

    /// <summary>JSON as dictionaries, lists, strings, long, double, bool and null; a string given for JSON is JSON already.</summary>
    public static class Json
    {
        internal static byte[] Bytes(object value) { return Utf8.Bytes(value as string ?? Text(value)); }

        /// <summary>A value as JSON; a string in it is a text.</summary>
        public static string Text(object value)
        {
            var text = new StringBuilder();
            Write(text, value);
            return text.ToString();
        }

        static void Write(StringBuilder to, object value)
        {
            if (value == null) to.Append("null");
            else if (value is bool) to.Append((bool)value ? "true" : "false");
            else if (value is string) Quote(to, (string)value);
            else if (value is DateTime) Quote(to, ((DateTime)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            else if (value is DateTimeOffset) Quote(to, ((DateTimeOffset)value).ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            else if (value is double) to.Append(((double)value).ToString("R", CultureInfo.InvariantCulture));
            else if (value is decimal) Quote(to, ((decimal)value).ToString(CultureInfo.InvariantCulture));
            else if (value is Enum) Quote(to, Schema.Code((Enum)value));
            else if (value is IDictionary) WriteObject(to, (IDictionary)value);
            else if (value is IEnumerable) WriteArray(to, (IEnumerable)value);
            else to.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        static void WriteObject(StringBuilder to, IDictionary members)
        {
            var separator = "{";
            foreach (DictionaryEntry member in members)
            {
                to.Append(separator);
                Quote(to, (string)member.Key);
                to.Append(':');
                Write(to, member.Value);
                separator = ",";
            }
            to.Append(separator == "{" ? "{}" : "}");
        }

        static void WriteArray(StringBuilder to, IEnumerable items)
        {
            var separator = "[";
            foreach (var item in items)
            {
                to.Append(separator);
                Write(to, item);
                separator = ",";
            }
            to.Append(separator == "[" ? "[]" : "]");
        }

        static void Quote(StringBuilder to, string text)
        {
            to.Append('"');
            foreach (var c in text)
            {
                if (c == '"' || c == '\\') to.Append('\\').Append(c);
                else if (c < ' ') to.Append("\\u").Append(((int)c).ToString("x4"));
                else to.Append(c);
            }
            to.Append('"');
        }

        /// <summary>What a JSON text says.</summary>
        public static object Parse(string json)
        {
            using (var reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(json), XmlDictionaryReaderQuotas.Max))
                return Value(XElement.Load(reader));
        }

        static object Value(XElement from)
        {
            switch ((string)from.Attribute("type"))
            {
                case "object":
                    var members = new Dictionary<string, object>();
                    foreach (var member in from.Elements()) members[(string)member.Attribute("item") ?? member.Name.LocalName] = Value(member);
                    return members;
                case "array":
                    var items = new List<object>();
                    foreach (var item in from.Elements()) items.Add(Value(item));
                    return items;
                case "number":
                    long number;
                    if (long.TryParse(from.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return number;
                    return double.Parse(from.Value, CultureInfo.InvariantCulture);
                case "boolean": return from.Value == "true";
                case "null": return null;
                default: return from.Value;
            }
        }
    }

    /// <summary>What a field means; how a row of a query shows it.</summary>
    public enum Kind { Text, Int32, Int64, Boolean, Real, Decimal, Money, Date, Instant, Choice, Entity }

    public sealed class FieldInfo
    {
        public readonly int Number;
        public readonly string Name, Refers;
        public readonly Kind Kind;
        public readonly Type Choices;

        internal FieldInfo(int number, string name, Kind kind, string refers = null, Type choices = null)
        {
            Number = number;
            Name = name;
            Kind = kind;
            Refers = refers;
            Choices = choices;
        }
    }

    public sealed class EntityInfo
    {
        public readonly int Number;
        public readonly string Name;
        public readonly FieldInfo[] Fields;

        internal EntityInfo(int number, string name, FieldInfo[] fields)
        {
            Number = number;
            Name = name;
            Fields = fields;
        }

        public FieldInfo Find(string field) { return Array.Find(Fields, f => f.Name == field); }
    }

    /// <summary>The entities and their fields.</summary>
    public static partial class Schema
    {
        public static IReadOnlyList<EntityInfo> Entities { get { return All; } }
        public static EntityInfo Find(string entity) { return Array.Find(All, e => e.Name == entity); }

        internal static int Number(string entity)
        {
            var found = Find(entity);
            return found == null ? 0 : found.Number;
        }

        internal static string Name(long number)
        {
            var found = Array.Find(All, e => e.Number == number);
            return found == null ? null : found.Name;
        }

        internal static int MinorDigits(string currency)
        {
            int digits;
            return currency != null && OddCurrencies.TryGetValue(currency, out digits) ? digits : 2;
        }

        /// <summary>As JSON has it: "very_high".</summary>
        public static string Code(Enum value)
        {
            var code = new StringBuilder();
            foreach (var c in value.ToString())
            {
                if (char.IsUpper(c) && code.Length > 0) code.Append('_');
                code.Append(char.ToLowerInvariant(c));
            }
            return code.ToString();
        }

        /// <summary>The field that "company.name" of an event leads to; null for id and version.</summary>
        internal static FieldInfo At(string entity, string path)
        {
            var steps = path.Split('.');
            var at = Find(entity);
            for (var i = 0; at != null && i < steps.Length - 1; ++i)
            {
                var reference = at.Find(steps[i] + "_id");
                at = reference == null ? null : Find(reference.Refers);
            }
            var last = steps[steps.Length - 1];
            return at == null ? null : at.Find(last == "stored_state" ? "state" : last);
        }
    }

    /// <summary>A pointer of the library, closed once: by Dispose or by the collector, on any thread.</summary>
    public abstract class Handled : IDisposable
    {
        IntPtr pointer;
        protected abstract void Close(IntPtr pointer);
        protected abstract string What { get; }

        /// <summary>The pointer for functions of Crm.Native.Raw.</summary>
        public IntPtr Handle
        {
            get
            {
                if (pointer == IntPtr.Zero) throw CrmException.Refusal(Status.Misuse, "handle.closed", "", "the " + What + " is closed");
                return pointer;
            }
            protected set { pointer = value; }
        }

        /// <summary>A copy of a text that the library lends: whose handle this is, is not collected before it is made.</summary>
        protected string Lent(IntPtr text)
        {
            var copy = Utf8.Text(text);
            GC.KeepAlive(this);
            return copy;
        }

        void Free()
        {
            if (pointer != IntPtr.Zero) Close(pointer);
            pointer = IntPtr.Zero;
        }

        /// <summary>Frees it; later use is a CrmException with Status.Misuse.</summary>
        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        ~Handled() { Free(); }
    }

    /// <summary>One record of a database, stored or not yet.</summary>
    public abstract class Record : Handled
    {
        readonly Database db;

        protected Record(Database db, int entity)
        {
            this.db = db;
            IntPtr made;
            db.Check(Raw.crm_record_new(db.Handle, entity, out made));
            Handle = made;
        }

        protected Record(Database db, int entity, long id)
        {
            this.db = db;
            IntPtr loaded;
            db.Check(Raw.crm_record_load(db.Handle, entity, id, out loaded));
            Handle = loaded;
        }

        protected override void Close(IntPtr pointer) { Raw.crm_record_close(pointer); }
        protected override string What { get { return "record"; } }

        /// <summary>0 if not stored.</summary>
        public long Id { get { return Sure(Raw.crm_record_id(Handle)); } }

        /// <summary>As loaded or saved last.</summary>
        public long Version { get { return Sure(Raw.crm_record_version(Handle)); } }

        /// <summary>Inserts or updates; Status.Conflict if somebody changed it since it was loaded. The record then shows what is stored.</summary>
        public void Save() { Check(Raw.crm_record_save(Handle)); }

        /// <summary>Erases a row that hangs on others; others are archived, ended or removed: Status.Refused.</summary>
        public void Erase() { Check(Raw.crm_record_erase(Handle)); }

        /// <summary>The record as JSON.</summary>
        public string ToJson()
        {
            IntPtr json;
            Check(Raw.crm_record_json(Handle, out json));
            return Lent(json);
        }

        /// <summary>Sets a field by the text that people write: dates as 2026-03-02, codes of enumerations, decimals.</summary>
        public void SetText(int field, string text)
        {
            var bytes = Utf8.Plain(text);
            var place = bytes.Length > 0 ? bytes : new byte[1];
            Check(Raw.crm_record_set_text(Handle, field, place, bytes.Length));
        }

        /// <summary>Sets a field as it is stored: days, microseconds, minor units, millionths.</summary>
        public void SetInt64(int field, long number) { Check(Raw.crm_record_set_int(Handle, field, number)); }

        /// <summary>A field as it is stored, 0 if it has no value.</summary>
        public long GetInt64(int field) { return Sure(Raw.crm_record_int(Handle, field)); }

        internal static IntPtr[] Handles(Record[] records) { return Array.ConvertAll(records, r => r.Handle); }

        void Check(int status)
        {
            if (status != Raw.CRM_OK) db.Check(status);
        }

        bool IsNull(int field)
        {
            var isNull = Raw.crm_record_is_null(Handle, field);
            if (isNull < 0) Check(Raw.CRM_MISUSE);
            return isNull != 0;
        }

        /// <summary>The number, unless it is 0 because the record cannot be used.</summary>
        long Sure(long number)
        {
            if (number == 0) IsNull(Raw.CRM_RECORD_ID);
            return number;
        }

        void SetNull(int field) { Check(Raw.crm_record_set_null(Handle, field)); }

        protected long? ReadInt64(int field) { return IsNull(field) ? (long?)null : GetInt64(field); }

        protected void WriteInt64(int field, long? value)
        {
            if (value.HasValue) SetInt64(field, value.Value);
            else SetNull(field);
        }

        protected int? ReadInt32(int field) { return (int?)ReadInt64(field); }
        protected void WriteInt32(int field, int? value) { WriteInt64(field, value); }
        protected bool? ReadBoolean(int field) { return IsNull(field) ? (bool?)null : GetInt64(field) != 0; }
        protected void WriteBoolean(int field, bool? value) { WriteInt64(field, value.HasValue ? (value.Value ? 1 : 0) : (long?)null); }

        protected string ReadText(int field)
        {
            int length;
            var text = Raw.crm_record_text(Handle, field, out length);
            var copy = text == IntPtr.Zero && IsNull(field) ? null : Utf8.Text(text, length);
            GC.KeepAlive(this);
            return copy;
        }

        protected void WriteText(int field, string value)
        {
            if (value == null) SetNull(field);
            else SetText(field, value);
        }

        protected string ReadEntity(int field) { return Schema.Name(GetInt64(field)); }
        protected void WriteEntity(int field, string value) { WriteText(field, value); }

        protected double? ReadReal(int field)
        {
            var number = IsNull(field) ? (double?)null : Raw.crm_record_real(Handle, field);
            GC.KeepAlive(this);
            return number;
        }

        protected void WriteReal(int field, double? value)
        {
            if (value.HasValue) Check(Raw.crm_record_set_real(Handle, field, value.Value));
            else SetNull(field);
        }

        protected decimal? ReadDecimal(int field) { return ReadScaled(field, 6); }
        protected void WriteDecimal(int field, decimal? value) { WriteScaled(field, value, 6); }

        /// <summary>In units of the currency (roubles); the currency is a field of its own, to be set first.</summary>
        protected decimal? ReadMoney(int field, int currency) { return ReadScaled(field, Schema.MinorDigits(ReadText(currency))); }
        protected void WriteMoney(int field, decimal? value, int currency) { WriteScaled(field, value, Schema.MinorDigits(ReadText(currency))); }

        decimal? ReadScaled(int field, int digits)
        {
            var number = ReadInt64(field);
            return number.HasValue ? number.Value / Power(digits) : (decimal?)null;
        }

        void WriteScaled(int field, decimal? value, int digits)
        {
            if (!value.HasValue)
            {
                SetNull(field);
                return;
            }
            var scaled = value.Value * Power(digits);
            if (scaled != decimal.Truncate(scaled) || scaled < long.MinValue || scaled > long.MaxValue)
                throw CrmException.Refusal(Status.InvalidArgument, "field.range", value.Value.ToString(CultureInfo.InvariantCulture),
                                           "up to " + digits + " digits after the point, and in range");
            SetInt64(field, (long)scaled);
        }

        static decimal Power(int digits)
        {
            var power = 1m;
            for (; digits > 0; --digits) power *= 10;
            return power;
        }

        protected DateTime? ReadDate(int field) { return IsNull(field) ? (DateTime?)null : Time.FromDays(GetInt64(field)); }
        protected void WriteDate(int field, DateTime? value) { WriteInt64(field, value.HasValue ? Time.ToDays(value) : (long?)null); }
        protected DateTimeOffset? ReadInstant(int field) { return IsNull(field) ? (DateTimeOffset?)null : Time.FromMicros(GetInt64(field)); }
        protected void WriteInstant(int field, DateTimeOffset? value) { WriteInt64(field, value.HasValue ? Time.ToMicros(value) : (long?)null); }
    }

    /// <summary>A row of a query: values of .NET's types by the names of its columns, "company.name".</summary>
    public sealed class Row
    {
        readonly Query query;
        readonly object[] values;

        internal Row(Query query, object[] values)
        {
            this.query = query;
            this.values = values;
        }

        public object this[int column] { get { return values[column]; } }
        public object this[string column] { get { return values[query.Place(column)]; } }
        public T Get<T>(string column) { return (T)this[column]; }
        public int Count { get { return values.Length; } }
    }

    /// <summary>Cells of some rows, one row after another; texts are good until the next batch, while the cursor is
    /// open.</summary>
    public sealed class Cursor : Handled
    {
        readonly Database db;

        /// <summary>The cells of the batch.</summary>
        public readonly crm_cell[] Cells;
        readonly int rows;

        internal Cursor(Database db, IntPtr pointer, int columns, int rows)
        {
            this.db = db;
            this.rows = rows;
            Handle = pointer;
            Cells = new crm_cell[columns * rows];
        }

        protected override void Close(IntPtr pointer) { Raw.crm_cursor_close(pointer); }
        protected override string What { get { return "cursor"; } }

        /// <summary>Fills Cells with the next rows; how many.</summary>
        public unsafe int Next()
        {
            int count;
            fixed (crm_cell* cells = Cells) db.Check(Raw.crm_cursor_cells(Handle, rows, cells, out count));
            return count;
        }

        public static string Text(crm_cell cell) { return cell.kind == Raw.CRM_NULL ? null : Utf8.Text(cell.value.text, cell.size); }
    }

    /// <summary>A prepared query with parameters, {"param": 1}.</summary>
    public sealed class Query : Handled
    {
        readonly Database db;
        readonly string[] names;
        readonly FieldInfo[] fields;

        internal Query(Database db, object json)
        {
            this.db = db;
            IntPtr made;
            db.Check(Raw.crm_query_new(db.Handle, Json.Bytes(json), out made));
            Handle = made;
            var told = (IDictionary)(json is string ? Json.Parse((string)json) : json);
            var entity = Schema.Find((string)told["entity"]);
            names = told.Contains("columns") ? Names((IEnumerable)told["columns"]) : All(entity);
            fields = Array.ConvertAll(names, name => Schema.At(entity.Name, name));
        }

        protected override void Close(IntPtr pointer) { Raw.crm_query_close(pointer); }
        protected override string What { get { return "query"; } }

        static string[] Names(IEnumerable columns)
        {
            var all = new List<string>();
            foreach (var column in columns) all.Add((string)column);
            return all.ToArray();
        }

        static string[] All(EntityInfo entity)
        {
            var all = new List<string> { "id", "version" };
            foreach (var field in entity.Fields) all.Add(field.Name);
            return all.ToArray();
        }

        internal int Place(string column)
        {
            var place = Array.IndexOf(names, column);
            if (place < 0) throw new KeyNotFoundException("the query has no column " + column);
            return place;
        }

        /// <summary>Binds a parameter, counted from 1.</summary>
        public void Bind(int index, object value)
        {
            if (value == null) db.Check(Raw.crm_query_bind_null(Handle, index));
            else if (value is string || value is decimal)
            {
                var bytes = Utf8.Plain(Convert.ToString(value, CultureInfo.InvariantCulture));
                db.Check(Raw.crm_query_bind_text(Handle, index, bytes.Length > 0 ? bytes : new byte[1], bytes.Length));
            }
            else if (value is double || value is float) db.Check(Raw.crm_query_bind_real(Handle, index, Convert.ToDouble(value)));
            else if (value is DateTime) db.Check(Raw.crm_query_bind_int(Handle, index, Time.ToDays((DateTime)value)));
            else if (value is DateTimeOffset) db.Check(Raw.crm_query_bind_int(Handle, index, Time.ToMicros((DateTimeOffset)value)));
            else db.Check(Raw.crm_query_bind_int(Handle, index, Convert.ToInt64(value)));
        }

        /// <summary>A cursor over batches of that many rows, for those who count microseconds.</summary>
        public Cursor Open(int rows, params object[] parameters)
        {
            for (var i = 0; i < parameters.Length; ++i) Bind(i + 1, parameters[i]);
            IntPtr cursor;
            db.Check(Raw.crm_query_run(Handle, out cursor));
            return new Cursor(db, cursor, names.Length, rows);
        }

        /// <summary>The rows, read as they are wanted.</summary>
        public IEnumerable<Row> Run(params object[] parameters)
        {
            const int batch = 256;
            using (var cursor = Open(batch, parameters))
            {
                int count;
                do
                {
                    count = cursor.Next();
                    for (var i = 0; i < count; ++i) yield return RowOf(cursor.Cells, i * names.Length);
                } while (count == batch);
            }
        }

        Row RowOf(crm_cell[] cells, int at)
        {
            var values = new object[names.Length];
            for (var i = 0; i < values.Length; ++i) values[i] = Value(cells[at + i], fields[i]);
            return new Row(this, values);
        }

        static object Value(crm_cell cell, FieldInfo field)
        {
            if (cell.kind == Raw.CRM_NULL) return null;
            if (cell.kind == Raw.CRM_TEXT) return Utf8.Text(cell.value.text, cell.size);
            if (cell.kind == Raw.CRM_REAL) return cell.value.real;
            var number = cell.value.integer;
            switch (field == null ? Kind.Int64 : field.Kind)
            {
                case Kind.Int32: return (int)number;
                case Kind.Boolean: return number != 0;
                case Kind.Decimal: return number / 1000000m;
                case Kind.Date: return Time.FromDays(number);
                case Kind.Instant: return Time.FromMicros(number);
                case Kind.Choice: return Enum.ToObject(field.Choices, (int)number);
                case Kind.Entity: return Schema.Name(number);
                default: return number;
            }
        }
    }

    /// <summary>How to open.</summary>
    public sealed class OpenOptions
    {
        public Durability Durability;
        public int BusyTimeoutMs = 5000;
        public bool ReadOnly;
        public bool CreateFile = true;
        public Language Language;
        /// <summary>Acting user, 0 = the host itself.</summary>
        public long Actor;
        /// <summary>Limits, as those of crm_options in crm.h; 0 is the default.</summary>
        public long MaxNesting, MaxTextBytes, MaxSearchBytes, MaxConditions, MaxColumns, MaxValues,
            MaxAnswerRows, MaxAnswerBytes, MaxResidentBytes;
        /// <summary>Of the organisation in a base that is made, "Asia/Novosibirsk"; null: Europe/Moscow. One that is there keeps its own.</summary>
        public string Zone;
        /// <summary>The same, "KZT"; null: RUB.</summary>
        public string Currency;

        internal crm_options Native(Texts texts)
        {
            return new crm_options
            {
                struct_size = Marshal.SizeOf(typeof(crm_options)), durability = (int)Durability, busy_timeout_ms = BusyTimeoutMs,
                read_only = ReadOnly ? 1 : 0, create_file = CreateFile ? 1 : 0, language = (int)Language, actor = Actor,
                max_nesting = MaxNesting, max_text_bytes = MaxTextBytes, max_search_bytes = MaxSearchBytes, max_conditions = MaxConditions,
                max_columns = MaxColumns, max_values = MaxValues, max_answer_rows = MaxAnswerRows,
                max_answer_bytes = MaxAnswerBytes, max_resident_bytes = MaxResidentBytes,
                zone = texts.Pointer(Zone), currency = texts.Pointer(Currency)
            };
        }
    }

    /// <summary>An open CRM. The thread that opens it uses it (ThreadTake): another one gets Status.Misuse.</summary>
    public sealed partial class Database : Handled
    {
        /// <summary>Opens a file (made if there is none), ":memory:" or "memory:" (no database at all).</summary>
        public Database(string source, OpenOptions options = null)
        {
            Library.Needed();
            using (var texts = new Texts())
            {
                var given = (options ?? new OpenOptions()).Native(texts);
                IntPtr opened;
                Take(Raw.crm_open(Utf8.Bytes(source), ref given, out opened), opened);
            }
        }

        /// <summary>Opens it beside the host's own tables, on his open SQLite connection (a sqlite3 *): what is written while he has a transaction open
        /// is a part of it. Close it before the connection.</summary>
        public Database(IntPtr sqlite, OpenOptions options = null)
        {
            Library.Needed();
            using (var texts = new Texts())
            {
                var given = (options ?? new OpenOptions()).Native(texts);
                IntPtr opened;
                Take(Raw.crm_open_joined(sqlite, ref given, out opened), opened);
            }
        }

        void Take(int status, IntPtr opened)
        {
            Handle = opened;
            try
            {
                Check(status);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        protected override void Close(IntPtr pointer) { Raw.crm_close(pointer); }
        protected override string What { get { return "database"; } }

        internal void Check(int status)
        {
            if (status == Raw.CRM_OK) return;
            var error = CrmException.Of(Handle, status);
            GC.KeepAlive(this);
            throw error;
        }

        /// <summary>A query to be run many times, in the language of the README of the project.</summary>
        public Query Prepare(object json) { return new Query(this, json); }

        /// <summary>The rows of a query, read as they are wanted.</summary>
        public IEnumerable<Row> Select(object json, params object[] parameters)
        {
            using (var query = Prepare(json))
                foreach (var row in query.Run(parameters)) yield return row;
        }

        /// <summary>Everything that the work does is one change; what it throws undoes it.</summary>
        public void Transaction(Action work)
        {
            Begin();
            try
            {
                work();
            }
            catch
            {
                Rollback();
                throw;
            }
            Commit();
        }
    }
}
