{ house BASE make | kill | check: a program of a trading house on 32-bit Windows, with all floating-point exceptions unmasked. `make` finds the client
  of Linux and adds one, with a clock and an authoriser of its own; `kill` is ended in the middle of a unit of work; `check` opens the base after that.
  It fails by its exit code, and says why. }
program house;

{$MODE DELPHI}{$H+}{$CODEPAGE UTF8}

uses
  Windows, SysUtils, Math, Crm, CrmRaw;

const
  Folder = UnicodeString('Клиенты и события');
  FromLinux = UnicodeString('ООО «Берёза»');
  FromWindows = UnicodeString('АО «Щёлковская мануфактура»');
  Killed = 7; { the exit code of a program that was ended }

type
  THost = class
    function Now: TDateTime;
    function Authorise(const Change: UnicodeString): UnicodeString;
  end;

procedure Fail(const Text: UnicodeString);
begin
  WriteLn(UTF8Encode(Text));
  Halt(1);
end;

procedure Expect(Holds: Boolean; const Text: UnicodeString);
begin
  if not Holds then
    Fail(Text);
end;

{ 18:00 UTC on 15 January 2013, a number that a double holds exactly: with inexact results unmasked, 20:30 could not even be written. }
function THost.Now: TDateTime;
begin
  Result := 41289.75;
end;

function THost.Authorise(const Change: UnicodeString): UnicodeString;
begin
  Result := '';
  if Pos(UnicodeString('"legal_entity"'), Change) > 0 then
    Result := 'не сегодня';
end;

function Clients(Db: TCrmDatabase): UnicodeString;
begin
  Result := Db.Query('{"entity": "company", "columns": ["name"], "order": ["id"]}');
end;

function Named(Db: TCrmDatabase; const Name: UnicodeString): Boolean;
begin
  Result := Pos(Name, Clients(Db)) > 0;
end;

procedure Save(Db: TCrmDatabase; const Name: UnicodeString);
var
  Company: TCrmCompany;
begin
  Company := TCrmCompany.Create(Db);
  try
    Company.Name := Name;
    Company.Save;
    Expect(Company.Id > 0, 'a saved client has no number');
  finally
    Company.Free;
  end;
end;

procedure Make(Db: TCrmDatabase);
var
  Host: THost;
  Parts: TCrmHostParts;
  Legal: TCrmLegalEntity;
  Refused: Boolean;
begin
  Expect(Named(Db, FromLinux), 'the client of Linux is not there: ' + Clients(Db));
  Host := THost.Create;
  Parts := CrmHostParts;
  Parts.Clock := Host.Now;
  Parts.Authorise := Host.Authorise;
  Db.HostSet(Parts);
  Expect(CrmMicros(Db.Now) = CrmMicros(Host.Now), 'the clock of the host is not asked');
  Save(Db, FromWindows);
  Db.ActAs(1);
  Legal := TCrmLegalEntity.Create(Db);
  Legal.CompanyId := 1;
  Legal.Name := FromLinux;
  Refused := False;
  try
    Legal.Save;
  except
    on Error: ECrmError do
      Refused := (Error.Status = TCrmStatus.Denied) and (Pos(UnicodeString('не сегодня'), Error.Text) > 0);
  end;
  Expect(Refused, 'the authoriser''s refusal did not arrive');
  Legal.Free;
  Db.ActAs(0);
  Db.HostSet(CrmHostParts);
  Host.Free;
end;

procedure KilledInAUnit(Db: TCrmDatabase);
begin
  Db.Begin_;
  Save(Db, 'недописанный');
  Expect(Named(Db, 'недописанный'), 'a unit of work does not see its own');
  TerminateProcess(GetCurrentProcess, Killed);
end;

procedure Check(Db: TCrmDatabase);
begin
  Expect(Named(Db, FromLinux) and Named(Db, FromWindows), 'a client is gone: ' + Clients(Db));
  Expect(not Named(Db, 'недописанный'), 'half a unit of work is there');
  Expect(Db.Contacts('щелковская', 10) <> '', 'nothing is found');
end;

var
  Db: TCrmDatabase;
begin
  SetExceptionMask([]);
  try
    Db := TCrmDatabase.Create(Folder + '\' + UnicodeString(ParamStr(1)));
    if ParamStr(2) = 'make' then
      Make(Db)
    else if ParamStr(2) = 'kill' then
      KilledInAUnit(Db)
    else
      Check(Db);
    Expect(GetExceptionMask = [], 'the library left another floating-point environment');
    Db.Free;
  except
    on Error: Exception do
      Fail(UnicodeString(Error.ClassName + ': ' + Error.Message));
  end;
  WriteLn('as it should be');
end.
