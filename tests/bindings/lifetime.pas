{ Handles closed in any order, and a host with all floating-point exceptions unmasked: an exception of Pascal at most. }
program lifetime;

{$H+}

uses
  {$IFDEF UNIX}cthreads, cwstring,{$ENDIF} Classes, SysUtils, Math, Crm, CrmRaw;

procedure Fail(const Text: string);
begin
  WriteLn(ErrOutput, Text);
  Halt(1);
end;

procedure CloseInAnyOrder(const Path: UnicodeString);
var
  Db: TCrmDatabase;
  Company: TCrmCompany;
  Query: TCrmQuery;
  Refused: Integer;
begin
  Db := TCrmDatabase.Create(Path);
  Company := TCrmCompany.Create(Db);
  Company.Name := 'Вектор';
  Company.Save;
  Query := TCrmQuery.Create(Db, '{"entity": "company"}');
  Db.Close;
  Db.Close;
  Refused := 0;
  try
    Company.Save;
  except
    on Error: ECrmError do
      Inc(Refused, Ord(Error.Status = TCrmStatus.Misuse));
  end;
  try
    Query.Open;
  except
    on Error: ECrmError do
      Inc(Refused, Ord(Error.Status = TCrmStatus.Misuse));
  end;
  try
    Db.Now;
  except
    on Error: ECrmError do
      Inc(Refused, Ord(Error.Status = TCrmStatus.Misuse));
  end;
  if Refused <> 3 then
    Fail('a closed handle was used');
  Db.Free; { before what was made by it }
  try
    Company.Save;
    Fail('a record of a freed database was saved');
  except
    on Error: ECrmError do
      if Error.Status <> TCrmStatus.Misuse then
        raise;
  end;
  Query.Free;
  Company.Free;
end;

{ Numbers that overflow, underflow, are divided by zero or inexact inside the library. }
procedure Unmasked(const Path: UnicodeString);
var
  Db: TCrmDatabase;
  Address: TCrmAddress;
  Company: TCrmCompany;
  Event: TCrmEvent;
  Raised: Boolean;
  Zero, One: Double;
begin
  SetExceptionMask([]);
  Db := TCrmDatabase.Create(Path);
  Company := TCrmCompany.Load(Db, 1);
  Address := TCrmAddress.Create(Db);
  Address.CompanyId := Company.Id;
  Address.Latitude := 55.0302;
  Address.Longitude := 82.9204;
  Address.Save;
  Db.Query('{"entity": "address", "where": {"field": "latitude", "op": "lt", "value": 1e308}, "order": ["-longitude"]}');
  Db.Query('{"entity": "address", "where": {"field": "latitude", "op": "gt", "value": 1e-320}}');
  try
    Db.Query('{"entity": "address", "where": {"field": "latitude", "value": 1e400}}');
  except
    on ECrmError do { refused or answered, as it likes, but not by an exception of the processor }
  end;
  Event := TCrmEvent.Create(Db);
  Event.SetInt64(CRM_EVENT_AMOUNT, 9007199254740993); { no double is that number }
  if crm_record_real(Event.Handle, CRM_EVENT_AMOUNT) < 9007199254740992.0 then
    Fail('another amount');
  Event.Free;
  Db.Contacts('вект', 10);
  Db.Completeness(1);
  Db.Rescore;
  if GetExceptionMask <> [] then
    Fail('the library left another floating-point environment');
  Raised := False;
  Zero := Length(ParamStr(9));
  One := 1;
  try
    One := One / Zero;
  except
    on EMathError do
      Raised := True;
  end;
  if not Raised then
    Fail('the host''s own exceptions are gone');
  Address.Free;
  Company.Free;
  Db.Free;
end;

type
  TOther = class(TThread)
  public
    Db: TCrmDatabase;
    Company: TCrmCompany;
    Refused, Taken: Integer;
    procedure Execute; override;
  end;

procedure TOther.Execute;
begin
  try
    Db.Now;
  except
    on Error: ECrmError do
      Inc(Refused, Ord(Error.Status = TCrmStatus.Misuse));
  end;
  try
    Company.Save;
  except
    on Error: ECrmError do
      Inc(Refused, Ord(Error.Status = TCrmStatus.Misuse));
  end;
  Db.ThreadTake;
  Company.Save;
  Inc(Taken);
end;

procedure TwoThreads(const Path: UnicodeString);
var
  Db: TCrmDatabase;
  Company: TCrmCompany;
  Other: TOther;
begin
  Db := TCrmDatabase.Create(Path);
  Company := TCrmCompany.Load(Db, 1);
  Other := TOther.Create(True);
  Other.Db := Db;
  Other.Company := Company;
  Other.Start;
  Other.WaitFor;
  if (Other.Refused <> 2) or (Other.Taken <> 1) then
    Fail('two threads on one handle were not told');
  Other.Free;
  Db.ThreadTake;
  if Company.Name <> 'Вектор' then
    Fail('a lost name');
  Company.Free;
  Db.Free;
end;

type
  TImpatient = class(TThread)
  public
    Db: TCrmDatabase;
    procedure Execute; override;
  end;

procedure TImpatient.Execute;
begin
  while not Terminated do
    Db.Interrupt;
end;

{ A call that takes long ends when another thread asks for it, in a unit of work with the unit. }
procedure Interrupted;
var
  Db: TCrmDatabase;
  Other: TImpatient;
  Told: TCrmStatus;
begin
  Db := TCrmDatabase.Create(':memory:');
  Other := TImpatient.Create(True);
  Other.Db := Db;
  Db.Begin_;
  Other.Start;
  Told := TCrmStatus.Ok;
  while Told = TCrmStatus.Ok do
    try
      Db.Query('{"entity": "company"}');
    except
      on Error: ECrmError do
        Told := Error.Status;
    end;
  Other.Terminate;
  Other.WaitFor;
  Other.Free;
  if Told <> TCrmStatus.Interrupted then
    Fail('a call was not interrupted');
  try
    Db.Query('{"entity": "company"}');
    Fail('an interrupted unit of work goes on');
  except
    on Error: ECrmError do
      if Error.Status <> TCrmStatus.Storage then
        Fail('an interrupted unit of work is not lost');
  end;
  Db.Rollback;
  Db.Query('{"entity": "company"}');
  Db.Free;
end;

type
  TPort = class
  public
    Db: TCrmDatabase;
    function Clock: TDateTime;
    function NoClock: TDateTime;
    function RaisesAnyObject: TDateTime;
    function CallsBack: TDateTime;
  end;

function TPort.Clock: TDateTime;
begin
  Result := EncodeDate(2026, 3, 2);
end;

function TPort.NoClock: TDateTime;
begin
  raise EInOutError.Create('no clock');
end;

function TPort.RaisesAnyObject: TDateTime;
begin
  raise TObject.Create;
end;

function TPort.CallsBack: TDateTime;
begin
  Result := Db.Today;
end;

procedure Told(Db: TCrmDatabase; const Host: TCrmHostParts; const Part: UnicodeString);
begin
  Db.HostSet(Host);
  try
    Db.Now;
  except
    on Error: ECrmError do
    begin
      if (Error.Status <> TCrmStatus.Host) or (Pos(Part, Error.Text) = 0) then
        Fail('a host that fails tells ' + string(UTF8Encode(Error.Text)));
      Exit;
    end;
  end;
  Fail('a host that fails is not told');
end;

{ What the functions of a host do wrong is told. }
procedure OfHost;
var
  Port: TPort;
  Host: TCrmHostParts;
begin
  Port := TPort.Create;
  Port.Db := TCrmDatabase.Create('memory:');
  Host := CrmHostParts;
  Host.Clock := {$IFDEF FPC_OBJFPC}@{$ENDIF}Port.Clock;
  Port.Db.HostSet(Host);
  if Port.Db.Now <> EncodeDate(2026, 3, 2) then
    Fail('another clock');
  Host.Clock := {$IFDEF FPC_OBJFPC}@{$ENDIF}Port.NoClock;
  Told(Port.Db, Host, 'no clock');
  Host.Clock := {$IFDEF FPC_OBJFPC}@{$ENDIF}Port.RaisesAnyObject;
  Told(Port.Db, Host, 'no class that tells more');
  Host.Clock := {$IFDEF FPC_OBJFPC}@{$ENDIF}Port.CallsBack;
  Told(Port.Db, Host, 'must not call back');
  Port.Db.Free;
  Port.Free;
end;

function sqlite3_open(Path: PAnsiChar; out Connection: Pointer): Integer; cdecl; external 'sqlite3';
function sqlite3_exec(Connection: Pointer; Sql: PAnsiChar; Callback, User, Error: Pointer): Integer; cdecl; external 'sqlite3';
function sqlite3_close(Connection: Pointer): Integer; cdecl; external 'sqlite3';

{ The host's ROLLBACK on his own connection undoes ours. }
procedure Joined;
var
  Connection: Pointer;
  Db: TCrmDatabase;
  Company: TCrmCompany;
begin
  sqlite3_open(':memory:', Connection);
  Db := TCrmDatabase.Joined(Connection, CrmOpenOptions);
  sqlite3_exec(Connection, 'BEGIN', nil, nil, nil);
  Company := TCrmCompany.Create(Db);
  Company.Name := 'Вектор';
  Company.Save;
  sqlite3_exec(Connection, 'ROLLBACK', nil, nil, nil);
  if Pos('"rows":[]', Db.Query('{"entity": "company"}')) = 0 then
    Fail('his rollback undid nothing of ours');
  Company.Free;
  Db.Free;
  if sqlite3_close(Connection) <> 0 then
    Fail('something of ours is open on his connection');
end;

begin
  CloseInAnyOrder(UnicodeString(ParamStr(1)));
  Unmasked(UnicodeString(ParamStr(1)));
  TwoThreads(UnicodeString(ParamStr(1)));
  Interrupted;
  OfHost;
  Joined;
  WriteLn('fine');
end.
