// What the host supplies: functions of .NET as callbacks of the library.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Crm.Native;

namespace Crm
{
    /// <summary>What the host supplies; see Database.HostSet. Each part is optional, is asked on the thread of the call that needs it, and must not
    /// use the database. What it throws is told as Status.Host with its message, and nothing is half done.</summary>
    public sealed class Host
    {
        public Func<DateTimeOffset> Clock;
        /// <summary>Shows or sends a notice, a dictionary with its "text".</summary>
        public Action<IDictionary<string, object>> Deliver;
        /// <summary>{"latitude", "longitude", "precision"} of an address, or null.</summary>
        public Func<string, IDictionary<string, object>> Geocode;
        public Func<string, bool> FileExists;
        /// <summary>Given {"user_id", "entity", "id", "done"}: null, or why not; a reason without words refuses as well.</summary>
        public Func<IDictionary<string, object>, string> Authorise;
        /// <summary>{"records", "next", "more"} from a position on; so the next two.</summary>
        public Func<string, IDictionary<string, object>> Products, Documents, Receipts;

        internal crm_host Native(IntPtr db)
        {
            return new crm_host
            {
                struct_size = Marshal.SizeOf(typeof(crm_host)),
                clock = Clock == null ? null : Asking(db, _ => Time.ToMicros(Clock())),
                deliver = Deliver == null ? null : Asking(db, notice =>
                {
                    Deliver((IDictionary<string, object>)notice);
                    return null;
                }),
                geocode = Geocode == null ? null : Asking(db, query => Geocode((string)query)),
                file_exists = FileExists == null ? null : Asking(db, uri => FileExists((string)uri)),
                authorise = Authorise == null ? null : Asking(db, change => Authorise((IDictionary<string, object>)change)),
                products = Feed(db, Products), documents = Feed(db, Documents), receipts = Feed(db, Receipts)
            };
        }

        static crm_host_call Feed(IntPtr db, Func<string, IDictionary<string, object>> feed)
        {
            return feed == null ? null : Asking(db, position => feed((string)position));
        }

        static crm_host_call Asking(IntPtr db, Func<object, object> work)
        {
            return (_, question) =>
            {
                try
                {
                    var answer = work(Json.Parse(Utf8.Text(question)));
                    Raw.crm_host_answer(db, Utf8.Bytes(Json.Text(answer)));
                    return Raw.CRM_OK;
                }
                catch (Exception error)
                {
                    Raw.crm_host_answer(db, Utf8.Bytes(SaidBy(error).Replace('\0', ' ')));
                    return Raw.CRM_HOST;
                }
            };
        }

        /// <summary>An exception of the host's may have a message that throws, or none.</summary>
        static string SaidBy(Exception error)
        {
            try
            {
                return error.Message ?? error.GetType().Name;
            }
            catch (Exception)
            {
                return error.GetType().Name;
            }
        }
    }

    public sealed partial class Database
    {
        internal crm_host Callbacks; // alive as long as the library may call

        /// <summary>What the host supplies from now on, instead of what was set before.</summary>
        public void HostSet(Host parts)
        {
            var kept = parts.Native(Handle);
            var given = kept;
            Check(Raw.crm_host_set(Handle, ref given));
            Callbacks = kept;
        }
    }
}
