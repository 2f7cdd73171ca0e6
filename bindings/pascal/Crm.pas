{ crm: the CRM of a trade ERP in one file, for Free Pascal ($mode delphi or objfpc) and Delphi XE2 and newer.

    Db := TCrmDatabase.Create('clients.db');
    Company := TCrmCompany.Create(Db);
    Company.Name := 'ООО Вектор';
    Company.Save;

  Texts are UnicodeString. Dates are TDate, instants are TDateTime in UTC; 0 stands for "none", as do '' and a reference of 0. Money is
  Currency in units of the currency (roubles). Decimals are texts, '2.5'. What the library refuses is raised as ECrmError. }
unit Crm;

{$IFDEF FPC}{$IF not defined(FPC_DELPHI) and not defined(FPC_OBJFPC)}{$MODE DELPHI}{$IFEND}{$ENDIF}
{$IFDEF FPC}{$H+}{$MODESWITCH ADVANCEDRECORDS}{$ENDIF}
{$SCOPEDENUMS ON}
{$TYPEDADDRESS OFF}

interface

uses
  SysUtils, CrmRaw;

type
  {$DEFINE CRM_CHOICES}{$I CrmTypes.inc}{$UNDEF CRM_CHOICES}

  { A broken rule: its permanent id, where, what was given, and the sentence for people. }
  TCrmViolation = record
    Rule, Value, Text: UnicodeString;
    Entity, Field: Integer; { numbers, 0 if none; CrmEntityName gives the name }
    RecordId: Int64;
  end;

  { What the library refuses. }
  ECrmError = class(Exception)
  public
    Status: TCrmStatus;
    Text: UnicodeString; { the message, whatever the code page of Message }
    Violations: array of TCrmViolation;
    constructor Refused(AStatus: TCrmStatus; const AText: UnicodeString);
    { 'refused', 'conflict', ... }
    function Code: UnicodeString;
  end;

  TCrmDatabase = class;

  { What a database shares with all that was made by it, so that they are freed in any order. }
  ICrmLink = interface
    { Raises Misuse after Close. }
    function Handle: PCrmDb;
    procedure Check(Status: Integer);
    procedure Close;
  end;

  { One record of a database, stored or not yet: TCrmCompany.Create(Db) is new, TCrmCompany.Load(Db, Id) a stored one. }
  {$M+}
  TCrmRecord = class
  private
    FDb: ICrmLink;
    FHandle: PCrmRecord;
    procedure Check(Status: Integer);
    function Sure(Number: Int64): Int64;
    function GetHandle: PCrmRecord;
    function ReadScaled(Index, Digits: Integer): UnicodeString;
  protected
    function ReadText(Index: Integer): UnicodeString;
    procedure WriteText(Index: Integer; const Value: UnicodeString);
    function ReadInteger(Index: Integer): Integer;
    procedure WriteInteger(Index: Integer; Value: Integer);
    function ReadInt64(Index: Integer): Int64;
    procedure WriteInt64(Index: Integer; Value: Int64);
    function ReadBoolean(Index: Integer): Boolean;
    procedure WriteBoolean(Index: Integer; Value: Boolean);
    function ReadReal(Index: Integer): Double;
    procedure WriteReal(Index: Integer; Value: Double);
    function ReadDecimal(Index: Integer): UnicodeString;
    procedure WriteDecimal(Index: Integer; const Value: UnicodeString);
    function ReadMoney(Index: Integer): Currency;
    procedure WriteMoney(Index: Integer; Value: Currency);
    function ReadDate(Index: Integer): TDate;
    procedure WriteDate(Index: Integer; Value: TDate);
    function ReadInstant(Index: Integer): TDateTime;
    procedure WriteInstant(Index: Integer; Value: TDateTime);
    function ReadReference(Index: Integer): Int64;
    procedure WriteReference(Index: Integer; Value: Int64);
    function ReadEntity(Index: Integer): UnicodeString;
    procedure WriteEntity(Index: Integer; const Value: UnicodeString);
  {$DEFINE CRM_ACCESSORS}{$I CrmTypes.inc}{$UNDEF CRM_ACCESSORS}
  public
    constructor Create(ADb: TCrmDatabase); virtual;
    { A stored one; ECrmError with NotFound if there is none. }
    constructor Load(ADb: TCrmDatabase; AId: Int64); virtual;
    destructor Destroy; override;
    { The number of its entity. }
    class function Entity: Integer; virtual; abstract;
    { Frees what the library holds; later use is an ECrmError with Misuse. }
    procedure Close;
    { 0 if not stored. }
    function Id: Int64;
    { As loaded or saved last. }
    function Version: Int64;
    { Inserts or updates; Conflict if somebody changed it since it was loaded. The record then shows what is stored. }
    procedure Save;
    { Erases a row that hangs on others; others are archived, ended or removed: Refused. }
    procedure Erase;
    { The record as JSON. }
    function Json: UnicodeString;
    function IsNull(Field: Integer): Boolean;
    procedure SetNull(Field: Integer);
    { Sets a field by the text that people write: dates as 2026-03-02, codes of enumerations, decimals. }
    procedure SetText(Field: Integer; const Text: UnicodeString);
    { Sets a field as it is stored: days, microseconds, minor units, millionths. }
    procedure SetInt64(Field: Integer; Number: Int64);
    { A field as it is stored, 0 if it has no value. }
    function GetInt64(Field: Integer): Int64;
    { The pointer for the routines of CrmRaw. }
    property Handle: PCrmRecord read GetHandle;
  end;
  {$M-}
  TCrmRecordClass = class of TCrmRecord;
  {$M+}
  {$DEFINE CRM_ENTITIES}{$I CrmTypes.inc}{$UNDEF CRM_ENTITIES}
  {$M-}

  { What an action on an event is given; 0 and '' are "not given". }
  TCrmEventActOptions = record
    AllDay: Boolean;
    StartAt, EndAt: TDateTime; { reschedule, hold (actual), reopen }
    UntilDay: TDate;           { postpone }
    Outcome: Int64;            { hold }
    Executor: Int64;           { change of executor }
    Result, Reason: UnicodeString;
    Comment: UnicodeString;    { verification }
  end;

  { Rows of a running query: while Cursor.Next do ... Cursor.AsText(0). }
  TCrmCursor = class
  private
    FDb: ICrmLink;
    FHandle: PCrmCursor;
    FCells: array of TCrmCell;
    FColumns, FRow, FCount: Integer;
    function GetCell(Column: Integer): TCrmCell;
  public
    destructor Destroy; override;
    function Next: Boolean;
    function IsNull(Column: Integer): Boolean;
    function AsInt64(Column: Integer): Int64;
    function AsReal(Column: Integer): Double;
    function AsText(Column: Integer): UnicodeString;
    function AsDate(Column: Integer): TDate;
    function AsInstant(Column: Integer): TDateTime;
    { The value with its kind; a text is good until the next call of Next. }
    property Cells[Column: Integer]: TCrmCell read GetCell;
    property Columns: Integer read FColumns;
  end;

  { A prepared query with parameters, "param": 1. }
  TCrmQuery = class
  private
    FDb: ICrmLink;
    FHandle: PCrmQuery;
  public
    { AJson: in the language of the README of the project. }
    constructor Create(ADb: TCrmDatabase; const AJson: UnicodeString);
    destructor Destroy; override;
    procedure Bind(Index: Integer; Value: Int64); overload;
    procedure Bind(Index: Integer; const Value: UnicodeString); overload;
    procedure BindNull(Index: Integer);
    { The cursor is the caller's to free. }
    function Open: TCrmCursor;
    { The rows as JSON. }
    function RowsJson: UnicodeString;
    { The pointer for the routines of CrmRaw. }
    property Handle: PCrmQuery read FHandle;
  end;

  { How to open; CrmOpenOptions gives the defaults. }
  TCrmOpenOptions = record
    Durability: TCrmDurability;
    BusyTimeoutMs: Integer;
    ReadOnly, CreateFile: Boolean;
    Language: TCrmLanguage;
    Actor: Int64; { acting user, 0 = the host itself }
    { Limits, as those of crm_options in crm.h; 0 is the default. }
    MaxNesting, MaxTextBytes, MaxSearchBytes, MaxConditions, MaxColumns, MaxValues,
      MaxAnswerRows, MaxAnswerBytes, MaxResidentBytes: Int64;
    { Of the organisation in a base that is made, 'Asia/Novosibirsk' and 'KZT'; empty: Europe/Moscow and RUB. One that is there keeps its own. }
    Zone, Currency: UnicodeString;
  end;

  TCrmFeed = function(const Position: UnicodeString): UnicodeString of object;

  { What the host supplies; CrmHostParts gives one of nothing. Each part is asked on the thread of the call that needs it and must not use the database.
    What it raises is told as TCrmStatus.Host with its message, and nothing is half done. }
  TCrmHostParts = record
    Clock: function: TDateTime of object; { in UTC }
    { Shows or sends a notice, JSON with its "text". }
    Deliver: procedure(const Notice: UnicodeString) of object;
    { JSON with "latitude", "longitude", "precision" of an address; '' if it is not known. }
    Geocode: function(const Query: UnicodeString): UnicodeString of object;
    FileExists: function(const Uri: UnicodeString): Boolean of object;
    { Given JSON with "user_id", "entity", "id", "done": '', or why not. }
    Authorise: function(const Change: UnicodeString): UnicodeString of object;
    { JSON with "records", "next", "more" from a position on. }
    Products, Documents, Receipts: TCrmFeed;
  end;

  { An open CRM. The thread that opens it uses it (ThreadTake): another one gets Misuse. Answers of functions that have no type of their own are
    JSON. }
  TCrmDatabase = class
  private
    FLink: ICrmLink;
    FHost: TCrmHostParts;
    function GetHandle: PCrmDb;
  public
    { A file (made if there is none), ':memory:' or 'memory:' (no database at all). }
    constructor Create(const Source: UnicodeString); overload;
    constructor Create(const Source: UnicodeString; const Options: TCrmOpenOptions); overload;
    { Beside the host's own tables, on his open SQLite connection (a sqlite3 *): what is written while he has a transaction open is a part of it. Close
      it before the connection. }
    constructor Joined(Sqlite: Pointer; const Options: TCrmOpenOptions);
    destructor Destroy; override;
    { Rolls back an open unit of work. What needs it raises Misuse from then on; what a record holds can still be read. }
    procedure Close;
    { Raises what a routine of CrmRaw answered. }
    procedure Check(Status: Integer);
    { What the host supplies from now on, instead of what was set before. }
    procedure HostSet(const Host: TCrmHostParts);
  {$DEFINE CRM_METHODS}{$I CrmTypes.inc}{$UNDEF CRM_METHODS}
    { The pointer for the routines of CrmRaw. }
    property Handle: PCrmDb read GetHandle;
  end;

function CrmOpenOptions: TCrmOpenOptions;
{ Nothing supplied. }
function CrmHostParts: TCrmHostParts;
{ All "not given". }
function CrmEventActOptions: TCrmEventActOptions;
{ 'company' of 6; '' if there is none. }
function CrmEntityName(Number: Integer): UnicodeString;
{ The class of an entity by its name, nil if there is none. }
function CrmClassOf(const EntityName: UnicodeString): TCrmRecordClass;
{ Digits after the point of a currency (ISO 4217). }
function CrmMinorDigits(const Currency: UnicodeString): Integer;

{ Texts of the library and back; a zero byte in a text is refused. }
function CrmText(Text: PAnsiChar): UnicodeString; overload;
function CrmText(Text: PAnsiChar; Length: Integer): UnicodeString; overload;
function CrmUtf8(const Text: UnicodeString): UTF8String;

{ Dates and instants as the library counts them: days and microseconds since 1970-01-01 UTC; 0 is CRM_NONE. }
function CrmDays(Date: TDate): Int64;
function CrmDate(Days: Int64): TDate;
function CrmMicros(Instant: TDateTime): Int64;
function CrmInstant(Micros: Int64): TDateTime;

implementation

const
  UnixEpoch = 25569; { 1970-01-01 as TDateTime }
  MicrosPerDay = Int64(86400) * 1000000;
  BatchRows = 64;
  IdField = 1; { CRM_RECORD_ID of crm.h, which is a routine here }

type
  { crm_action of options, and the texts that it points to. }
  TCrmRequest = record
    Native: TCrmAction;
    Texts: array[0..2] of UTF8String;
    procedure Fill(const Options: TCrmEventActOptions);
  end;

  { crm_options with the texts that it points to. }
  TCrmGivenOptions = record
    Native: TCrmOptions;
    Texts: array[0..1] of UTF8String;
    procedure Fill(const Options: TCrmOpenOptions);
  end;

  { An array of handles for C. }
  TCrmHandles = record
    All: array of PCrmRecord;
    procedure Fill(const Records: array of TCrmEventLine);
    function First: PPCrmRecord;
  end;

{ --- errors }

constructor ECrmError.Refused(AStatus: TCrmStatus; const AText: UnicodeString);
begin
  {$IFDEF UNICODE}
  inherited Create(AText);
  {$ELSE}
  inherited Create(string(UTF8Encode(AText)));
  {$ENDIF}
  Status := AStatus;
  Text := AText;
end;

function ECrmError.Code: UnicodeString;
begin
  Result := CrmText(crm_status_name(Ord(Status)));
end;

{ An error of the binding itself, in the form of the library's. }
procedure Refuse(Status: TCrmStatus; const Rule, Value, Detail: UnicodeString);
var
  Error: ECrmError;
begin
  Error := ECrmError.Refused(Status, Rule + ': ' + Detail);
  SetLength(Error.Violations, 1);
  Error.Violations[0].Rule := Rule;
  Error.Violations[0].Value := Value;
  Error.Violations[0].Text := Error.Text;
  raise Error;
end;

procedure RaiseStatus(Db: PCrmDb; Status: Integer);
var
  Error: ECrmError;
  Text: UnicodeString;
  I: Integer;
begin
  Text := CrmText(crm_error_message(Db));
  Error := ECrmError.Refused(TCrmStatus(Status), Text);
  if crm_error_code(Db) = Status then { else it is closed or in use elsewhere, and has no error of this call }
  begin
    SetLength(Error.Violations, crm_violation_count(Db));
    for I := 0 to High(Error.Violations) do
      with Error.Violations[I] do
      begin
        Rule := CrmText(crm_violation_rule(Db, I));
        Value := CrmText(crm_violation_value(Db, I));
        Entity := crm_violation_entity(Db, I);
        Field := crm_violation_field(Db, I);
        RecordId := crm_violation_record(Db, I);
        Text := CrmText(crm_violation_text(Db, I));
      end;
  end;
  raise Error;
end;

type
  TCrmLink = class(TInterfacedObject, ICrmLink)
  private
    FHandle: PCrmDb;
  public
    function Handle: PCrmDb;
    procedure Check(Status: Integer);
    procedure Close;
  end;

function TCrmLink.Handle: PCrmDb;
begin
  if FHandle = nil then
    Refuse(TCrmStatus.Misuse, 'handle.closed', '', 'the database is closed');
  Result := FHandle;
end;

procedure TCrmLink.Check(Status: Integer);
begin
  if Status <> CRM_OK then
    RaiseStatus(Handle, Status);
end;

procedure TCrmLink.Close;
begin
  crm_close(FHandle);
  FHandle := nil;
end;

{ --- values }

function CrmText(Text: PAnsiChar; Length: Integer): UnicodeString;
var
  Bytes: UTF8String;
begin
  Result := '';
  if (Text = nil) or (Length = 0) then
    Exit;
  SetLength(Bytes, Length);
  Move(Text^, Bytes[1], Length);
  Result := UTF8ToString(Bytes);
end;

function CrmText(Text: PAnsiChar): UnicodeString;
begin
  if Text = nil then
    Result := ''
  else
    Result := CrmText(Text, StrLen(Text));
end;

function CrmUtf8(const Text: UnicodeString): UTF8String;
var
  At: Integer;
begin
  At := Pos(UnicodeString(#0), Text);
  if At > 0 then
    Refuse(TCrmStatus.InvalidArgument, 'field.nul', Text, 'a zero byte at ' + UnicodeString(IntToStr(At - 1)) + ': remove it');
  Result := UTF8Encode(Text);
end;

function CrmTextOrNil(const Text: UTF8String): PAnsiChar;
begin
  if Text = '' then
    Result := nil
  else
    Result := PAnsiChar(Text);
end;

function CrmDays(Date: TDate): Int64;
begin
  if Date = 0 then
    Result := CRM_NONE
  else
    Result := Trunc(Date) - UnixEpoch;
end;

function CrmDate(Days: Int64): TDate;
begin
  Result := Days + UnixEpoch;
end;

function CrmMicros(Instant: TDateTime): Int64;
begin
  if Instant = 0 then
    Result := CRM_NONE
  else { a TDateTime is good for about a microsecond: to milliseconds, as the calendars of Delphi }
    Result := Round((Instant - UnixEpoch) * MSecsPerDay) * 1000;
end;

function CrmInstant(Micros: Int64): TDateTime;
begin
  Result := UnixEpoch + Micros / MicrosPerDay;
end;

procedure TCrmRequest.Fill(const Options: TCrmEventActOptions);
begin
  FillChar(Native, SizeOf(Native), 0);
  Texts[0] := CrmUtf8(Options.Result);
  Texts[1] := CrmUtf8(Options.Reason);
  Texts[2] := CrmUtf8(Options.Comment);
  Native.StructSize := SizeOf(Native);
  Native.AllDay := Ord(Options.AllDay);
  Native.StartAt := CrmMicros(Options.StartAt);
  Native.EndAt := CrmMicros(Options.EndAt);
  Native.UntilDay := CrmDays(Options.UntilDay);
  Native.Outcome := Options.Outcome;
  Native.Executor := Options.Executor;
  Native.Result := CrmTextOrNil(Texts[0]);
  Native.Reason := CrmTextOrNil(Texts[1]);
  Native.Comment := CrmTextOrNil(Texts[2]);
end;

procedure TCrmHandles.Fill(const Records: array of TCrmEventLine);
var
  I: Integer;
begin
  SetLength(All, Length(Records));
  for I := 0 to High(Records) do
    All[I] := Records[I].Handle;
end;

function TCrmHandles.First: PPCrmRecord;
begin
  if Length(All) = 0 then
    Result := nil
  else
    Result := @All[0];
end;

{ --- records }

constructor TCrmRecord.Create(ADb: TCrmDatabase);
begin
  inherited Create;
  FDb := ADb.FLink;
  ADb.Check(crm_record_new(ADb.Handle, Entity, FHandle));
end;

constructor TCrmRecord.Load(ADb: TCrmDatabase; AId: Int64);
begin
  inherited Create;
  FDb := ADb.FLink;
  ADb.Check(crm_record_load(ADb.Handle, Entity, AId, FHandle));
end;

destructor TCrmRecord.Destroy;
begin
  Close;
  inherited Destroy;
end;

procedure TCrmRecord.Close;
begin
  crm_record_close(FHandle);
  FHandle := nil;
end;

function TCrmRecord.GetHandle: PCrmRecord;
begin
  if FHandle = nil then
    Refuse(TCrmStatus.Misuse, 'handle.closed', '', 'the record is closed');
  Result := FHandle;
end;

procedure TCrmRecord.Check(Status: Integer);
begin
  if Status <> CRM_OK then
    FDb.Check(Status);
end;

{ The number, unless it is 0 because the record cannot be used. }
function TCrmRecord.Sure(Number: Int64): Int64;
begin
  if Number = 0 then
    IsNull(IdField);
  Result := Number;
end;

function TCrmRecord.Id: Int64;
begin
  Result := Sure(crm_record_id(Handle));
end;

function TCrmRecord.Version: Int64;
begin
  Result := Sure(crm_record_version(Handle));
end;

procedure TCrmRecord.Save;
begin
  Check(crm_record_save(Handle));
end;

procedure TCrmRecord.Erase;
begin
  Check(crm_record_erase(Handle));
end;

function TCrmRecord.Json: UnicodeString;
var
  Answer: PAnsiChar;
begin
  Check(crm_record_json(Handle, Answer));
  Result := CrmText(Answer);
end;

function TCrmRecord.IsNull(Field: Integer): Boolean;
var
  Told: Integer;
begin
  Told := crm_record_is_null(Handle, Field);
  if Told < 0 then
    Check(CRM_MISUSE);
  Result := Told <> 0;
end;

procedure TCrmRecord.SetNull(Field: Integer);
begin
  Check(crm_record_set_null(Handle, Field));
end;

procedure TCrmRecord.SetText(Field: Integer; const Text: UnicodeString);
var
  Bytes: UTF8String;
begin
  Bytes := UTF8Encode(Text);
  Check(crm_record_set_text(Handle, Field, PAnsiChar(Bytes), Length(Bytes)));
end;

procedure TCrmRecord.SetInt64(Field: Integer; Number: Int64);
begin
  Check(crm_record_set_int(Handle, Field, Number));
end;

function TCrmRecord.GetInt64(Field: Integer): Int64;
begin
  Result := Sure(crm_record_int(Handle, Field));
end;

function TCrmRecord.ReadText(Index: Integer): UnicodeString;
var
  Text: PAnsiChar;
  Length: Integer;
begin
  Text := crm_record_text(Handle, Index, @Length);
  if Text = nil then
    IsNull(Index);
  Result := CrmText(Text, Length);
end;

procedure TCrmRecord.WriteText(Index: Integer; const Value: UnicodeString);
begin
  SetText(Index, Value);
end;

function TCrmRecord.ReadInteger(Index: Integer): Integer;
begin
  Result := GetInt64(Index);
end;

procedure TCrmRecord.WriteInteger(Index: Integer; Value: Integer);
begin
  SetInt64(Index, Value);
end;

function TCrmRecord.ReadInt64(Index: Integer): Int64;
begin
  Result := GetInt64(Index);
end;

procedure TCrmRecord.WriteInt64(Index: Integer; Value: Int64);
begin
  SetInt64(Index, Value);
end;

function TCrmRecord.ReadBoolean(Index: Integer): Boolean;
begin
  Result := GetInt64(Index) <> 0;
end;

procedure TCrmRecord.WriteBoolean(Index: Integer; Value: Boolean);
begin
  SetInt64(Index, Ord(Value));
end;

function TCrmRecord.ReadReal(Index: Integer): Double;
begin
  Result := crm_record_real(Handle, Index);
  if Result = 0 then
    IsNull(Index);
end;

procedure TCrmRecord.WriteReal(Index: Integer; Value: Double);
begin
  Check(crm_record_set_real(Handle, Index, Value));
end;

{ A scaled integer as a decimal text: (2500000, 6) is '2.5'. }
function TCrmRecord.ReadScaled(Index, Digits: Integer): UnicodeString;
var
  Text: UnicodeString;
  Number: Int64;
begin
  Number := GetInt64(Index);
  Text := UnicodeString(IntToStr(Abs(Number)));
  while Length(Text) <= Digits do
    Text := '0' + Text;
  Insert('.', Text, Length(Text) - Digits + 1);
  while Text[Length(Text)] = '0' do
    SetLength(Text, Length(Text) - 1);
  if Text[Length(Text)] = '.' then
    SetLength(Text, Length(Text) - 1);
  if Number < 0 then
    Text := '-' + Text;
  Result := Text;
end;

function TCrmRecord.ReadDecimal(Index: Integer): UnicodeString;
begin
  if IsNull(Index) then
    Result := ''
  else
    Result := ReadScaled(Index, 6);
end;

procedure TCrmRecord.WriteDecimal(Index: Integer; const Value: UnicodeString);
begin
  SetText(Index, Value);
end;

function Power10(Digits: Integer): Int64;
var
  I: Integer;
begin
  Result := 1;
  for I := 1 to Digits do
    Result := Result * 10;
end;

{ The currency is the field right after the amount. }
function TCrmRecord.ReadMoney(Index: Integer): Currency;
var
  Minor, Scale: Int64;
  Scaled: Int64 absolute Result;
begin
  Minor := GetInt64(Index);
  Scale := 10000 div Power10(CrmMinorDigits(ReadText(Index + 1)));
  if Abs(Minor) > High(Int64) div Scale then
    Refuse(TCrmStatus.InvalidArgument, 'field.range', UnicodeString(IntToStr(Minor)), 'more than Currency holds: use GetInt64');
  Scaled := Minor * Scale;
end;

procedure TCrmRecord.WriteMoney(Index: Integer; Value: Currency);
var
  Scaled: Int64 absolute Value;
  Scale: Int64;
begin
  Scale := 10000 div Power10(CrmMinorDigits(ReadText(Index + 1)));
  if Scaled mod Scale <> 0 then
    Refuse(TCrmStatus.InvalidArgument, 'field.range', UnicodeString(CurrToStr(Value)), 'more digits than the currency has');
  SetInt64(Index, Scaled div Scale);
end;

function TCrmRecord.ReadDate(Index: Integer): TDate;
begin
  if IsNull(Index) then
    Result := 0
  else
    Result := CrmDate(GetInt64(Index));
end;

procedure TCrmRecord.WriteDate(Index: Integer; Value: TDate);
begin
  if Value = 0 then
    SetNull(Index)
  else
    SetInt64(Index, CrmDays(Value));
end;

function TCrmRecord.ReadInstant(Index: Integer): TDateTime;
begin
  if IsNull(Index) then
    Result := 0
  else
    Result := CrmInstant(GetInt64(Index));
end;

procedure TCrmRecord.WriteInstant(Index: Integer; Value: TDateTime);
begin
  if Value = 0 then
    SetNull(Index)
  else
    SetInt64(Index, CrmMicros(Value));
end;

function TCrmRecord.ReadReference(Index: Integer): Int64;
begin
  Result := GetInt64(Index);
end;

procedure TCrmRecord.WriteReference(Index: Integer; Value: Int64);
begin
  if Value = 0 then
    SetNull(Index)
  else
    SetInt64(Index, Value);
end;

function TCrmRecord.ReadEntity(Index: Integer): UnicodeString;
begin
  Result := CrmEntityName(GetInt64(Index));
end;

procedure TCrmRecord.WriteEntity(Index: Integer; const Value: UnicodeString);
begin
  SetText(Index, Value);
end;

{ --- queries }

constructor TCrmQuery.Create(ADb: TCrmDatabase; const AJson: UnicodeString);
begin
  inherited Create;
  FDb := ADb.FLink;
  ADb.Check(crm_query_new(ADb.Handle, PAnsiChar(CrmUtf8(AJson)), FHandle));
end;

destructor TCrmQuery.Destroy;
begin
  crm_query_close(FHandle);
  inherited Destroy;
end;

procedure TCrmQuery.Bind(Index: Integer; Value: Int64);
begin
  FDb.Check(crm_query_bind_int(FHandle, Index, Value));
end;

procedure TCrmQuery.Bind(Index: Integer; const Value: UnicodeString);
var
  Bytes: UTF8String;
begin
  Bytes := UTF8Encode(Value);
  FDb.Check(crm_query_bind_text(FHandle, Index, PAnsiChar(Bytes), Length(Bytes)));
end;

procedure TCrmQuery.BindNull(Index: Integer);
begin
  FDb.Check(crm_query_bind_null(FHandle, Index));
end;

function TCrmQuery.Open: TCrmCursor;
var
  Cursor: PCrmCursor;
begin
  FDb.Check(crm_query_run(FHandle, Cursor));
  Result := TCrmCursor.Create;
  Result.FDb := FDb;
  Result.FHandle := Cursor;
  Result.FColumns := crm_cursor_columns(Cursor);
  SetLength(Result.FCells, Result.FColumns * BatchRows);
  Result.FRow := -1;
end;

function TCrmQuery.RowsJson: UnicodeString;
var
  Answer: PAnsiChar;
begin
  FDb.Check(crm_query_rows_json(FHandle, Answer));
  Result := CrmText(Answer);
end;

destructor TCrmCursor.Destroy;
begin
  crm_cursor_close(FHandle);
  inherited Destroy;
end;

function TCrmCursor.Next: Boolean;
begin
  Inc(FRow);
  if FRow >= FCount then
  begin
    FRow := 0;
    FCount := 0;
    FDb.Check(crm_cursor_cells(FHandle, BatchRows, @FCells[0], FCount));
  end;
  Result := FRow < FCount;
end;

function TCrmCursor.GetCell(Column: Integer): TCrmCell;
begin
  if (FRow < 0) or (FRow >= FCount) or (Column < 0) or (Column >= FColumns) then
    Refuse(TCrmStatus.Misuse, 'field.range', UnicodeString(IntToStr(Column)), 'no such column, or no row: call Next');
  Result := FCells[FRow * FColumns + Column];
end;

function TCrmCursor.IsNull(Column: Integer): Boolean;
begin
  Result := GetCell(Column).Kind = CRM_NULL;
end;

function TCrmCursor.AsInt64(Column: Integer): Int64;
begin
  with GetCell(Column) do
    if Kind = CRM_INTEGER then
      Result := Value.IntegerValue
    else
      Result := 0;
end;

function TCrmCursor.AsReal(Column: Integer): Double;
begin
  with GetCell(Column) do
    if Kind = CRM_REAL then
      Result := Value.RealValue
    else
      Result := 0;
end;

function TCrmCursor.AsText(Column: Integer): UnicodeString;
begin
  with GetCell(Column) do
    if Kind = CRM_TEXT then
      Result := CrmText(Value.TextValue, Size)
    else
      Result := '';
end;

function TCrmCursor.AsDate(Column: Integer): TDate;
begin
  if IsNull(Column) then
    Result := 0
  else
    Result := CrmDate(AsInt64(Column));
end;

function TCrmCursor.AsInstant(Column: Integer): TDateTime;
begin
  if IsNull(Column) then
    Result := 0
  else
    Result := CrmInstant(AsInt64(Column));
end;

{ --- the database }

function CrmOpenOptions: TCrmOpenOptions;
begin
  Result := Default(TCrmOpenOptions);
  Result.BusyTimeoutMs := 5000;
  Result.CreateFile := True;
end;

function CrmEventActOptions: TCrmEventActOptions;
begin
  Result.AllDay := False;
  Result.StartAt := 0;
  Result.EndAt := 0;
  Result.UntilDay := 0;
  Result.Outcome := 0;
  Result.Executor := 0;
  Result.Result := '';
  Result.Reason := '';
  Result.Comment := '';
end;

constructor TCrmDatabase.Create(const Source: UnicodeString);
begin
  Create(Source, CrmOpenOptions);
end;

procedure TCrmGivenOptions.Fill(const Options: TCrmOpenOptions);
begin
  FillChar(Native, SizeOf(Native), 0);
  Texts[0] := CrmUtf8(Options.Zone);
  Texts[1] := CrmUtf8(Options.Currency);
  Native.StructSize := SizeOf(Native);
  Native.Durability := Ord(Options.Durability);
  Native.BusyTimeoutMs := Options.BusyTimeoutMs;
  Native.ReadOnly := Ord(Options.ReadOnly);
  Native.CreateFile := Ord(Options.CreateFile);
  Native.Language := Ord(Options.Language);
  Native.Actor := Options.Actor;
  Native.Zone := CrmTextOrNil(Texts[0]);
  Native.Currency := CrmTextOrNil(Texts[1]);
  Native.MaxNesting := Options.MaxNesting;
  Native.MaxTextBytes := Options.MaxTextBytes;
  Native.MaxSearchBytes := Options.MaxSearchBytes;
  Native.MaxConditions := Options.MaxConditions;
  Native.MaxColumns := Options.MaxColumns;
  Native.MaxValues := Options.MaxValues;
  Native.MaxAnswerRows := Options.MaxAnswerRows;
  Native.MaxAnswerBytes := Options.MaxAnswerBytes;
  Native.MaxResidentBytes := Options.MaxResidentBytes;
end;

constructor TCrmDatabase.Create(const Source: UnicodeString; const Options: TCrmOpenOptions);
var
  Given: TCrmGivenOptions;
  Link: TCrmLink;
begin
  inherited Create;
  Link := TCrmLink.Create;
  FLink := Link;
  Given.Fill(Options);
  Check(crm_open(PAnsiChar(CrmUtf8(Source)), @Given.Native, Link.FHandle));
end;

constructor TCrmDatabase.Joined(Sqlite: Pointer; const Options: TCrmOpenOptions);
var
  Given: TCrmGivenOptions;
  Link: TCrmLink;
begin
  inherited Create;
  Link := TCrmLink.Create;
  FLink := Link;
  Given.Fill(Options);
  Check(crm_open_joined(Sqlite, @Given.Native, Link.FHandle));
end;

destructor TCrmDatabase.Destroy;
begin
  Close;
  inherited Destroy;
end;

procedure TCrmDatabase.Close;
begin
  if FLink <> nil then
    FLink.Close;
end;

function TCrmDatabase.GetHandle: PCrmDb;
begin
  Result := FLink.Handle;
end;

procedure TCrmDatabase.Check(Status: Integer);
begin
  FLink.Check(Status);
end;

{ --- the host }

type
  THostPart = (Clock, Deliver, Geocode, FileExists, Authorise, Products, Documents, Receipts);

function CrmHostParts: TCrmHostParts;
begin
  FillChar(Result, SizeOf(Result), 0);
end;

{ The text that a JSON string says. }
function Unquoted(const Json: UnicodeString): UnicodeString;
var
  I: Integer;
begin
  Result := '';
  I := 2;
  while I < Length(Json) do
  begin
    if Json[I] = '\' then
    begin
      Inc(I);
      case Json[I] of
        'b': Result := Result + #8;
        't': Result := Result + #9;
        'n': Result := Result + #10;
        'f': Result := Result + #12;
        'r': Result := Result + #13;
        'u':
          begin
            Result := Result + WideChar(StrToInt('$' + string(Copy(Json, I + 1, 4))));
            Inc(I, 4);
          end;
      else
        Result := Result + Json[I];
      end;
    end
    else
      Result := Result + Json[I];
    Inc(I);
  end;
end;

function Quoted(const Text: UnicodeString): UnicodeString;
var
  I: Integer;
begin
  Result := '"';
  for I := 1 to Length(Text) do
    if (Text[I] = '"') or (Text[I] = '\') then
      Result := Result + '\' + Text[I]
    else if Text[I] < ' ' then
      Result := Result + '\u' + UnicodeString(IntToHex(Ord(Text[I]), 4))
    else
      Result := Result + Text[I];
  Result := Result + '"';
end;

{ '' is an answer here, and none to the library. }
function OrNull(const Json: UnicodeString): UnicodeString;
begin
  Result := Json;
  if Result = '' then
    Result := 'null';
end;

function AnswerOf(const Host: TCrmHostParts; Part: THostPart; const Question: UnicodeString): UnicodeString;
begin
  Result := '';
  case Part of
    THostPart.Clock: Result := UnicodeString(IntToStr(CrmMicros(Host.Clock())));
    THostPart.Deliver: Host.Deliver(Question);
    THostPart.Geocode: Result := OrNull(Host.Geocode(Unquoted(Question)));
    THostPart.FileExists:
      if Host.FileExists(Unquoted(Question)) then
        Result := 'true'
      else
        Result := 'false';
    THostPart.Authorise:
      begin
        Result := Host.Authorise(Question);
        if Result <> '' then
          Result := Quoted(Result);
        Result := OrNull(Result);
      end;
    THostPart.Products: Result := Host.Products(Unquoted(Question));
    THostPart.Documents: Result := Host.Documents(Unquoted(Question));
    THostPart.Receipts: Result := Host.Receipts(Unquoted(Question));
  end;
end;

function Asked(Db: TCrmDatabase; Part: THostPart; Question: PAnsiChar): Integer;
var
  Handle: PCrmDb;
begin
  Handle := nil;
  try
    Handle := Db.FLink.Handle; { it answers the library even if the host closes the database meanwhile }
    crm_host_answer(Handle, PAnsiChar(CrmUtf8(AnswerOf(Db.FHost, Part, CrmText(Question)))));
    Result := CRM_OK;
  except
    on Error: ECrmError do
    begin
      crm_host_answer(Handle, PAnsiChar(UTF8Encode(Error.Text)));
      Result := CRM_HOST;
    end;
    on Error: Exception do
    begin
      crm_host_answer(Handle, PAnsiChar(UTF8Encode(UnicodeString(Error.Message))));
      Result := CRM_HOST;
    end;
  else { any object can be raised }
    crm_host_answer(Handle, 'an exception of no class that tells more');
    Result := CRM_HOST;
  end;
end;

function AskClock(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Clock, Question);
end;

function AskDeliver(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Deliver, Question);
end;

function AskGeocode(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Geocode, Question);
end;

function AskFileExists(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.FileExists, Question);
end;

function AskAuthorise(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Authorise, Question);
end;

function AskProducts(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Products, Question);
end;

function AskDocuments(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Documents, Question);
end;

function AskReceipts(User: Pointer; Question: PAnsiChar): Integer; cdecl;
begin
  Result := Asked(TCrmDatabase(User), THostPart.Receipts, Question);
end;

procedure TCrmDatabase.HostSet(const Host: TCrmHostParts);
var
  Table: TCrmHost;
begin
  FillChar(Table, SizeOf(Table), 0);
  Table.StructSize := SizeOf(Table);
  Table.User := Self;
  if Assigned(Host.Clock) then
    Table.Clock := @AskClock;
  if Assigned(Host.Deliver) then
    Table.Deliver := @AskDeliver;
  if Assigned(Host.Geocode) then
    Table.Geocode := @AskGeocode;
  if Assigned(Host.FileExists) then
    Table.FileExists := @AskFileExists;
  if Assigned(Host.Authorise) then
    Table.Authorise := @AskAuthorise;
  if Assigned(Host.Products) then
    Table.Products := @AskProducts;
  if Assigned(Host.Documents) then
    Table.Documents := @AskDocuments;
  if Assigned(Host.Receipts) then
    Table.Receipts := @AskReceipts;
  Check(crm_host_set(Handle, @Table));
  FHost := Host;
end;

{$I CrmCode.inc}

function CrmClassOf(const EntityName: UnicodeString): TCrmRecordClass;
var
  I: Integer;
begin
  for I := Low(CrmClasses) to High(CrmClasses) do
    if CrmEntityName(CrmClasses[I].Entity) = EntityName then
    begin
      Result := CrmClasses[I];
      Exit;
    end;
  Result := nil;
end;

end.
