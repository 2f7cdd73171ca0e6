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
  Query.Free;
  Company.Free;
end;

{ Numbers that overflow, underflow, are divided by zero or inexact inside the library. }
procedure Unmasked(const Path: UnicodeString);
var
  Db: TCrmDatabase;
  Address: TCrmAddress;
  Company: TCrmCompany;
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
  TUser = class(TThread)
  public
    Db: TCrmDatabase;
    Done, Told: Integer;
    procedure Execute; override;
  end;

procedure TUser.Execute;
begin
  while not Terminated do
    try
      Db.Query('{"entity": "company"}');
      Inc(Done);
    except
      on Error: ECrmError do
        if Error.Status = TCrmStatus.Misuse then
          Inc(Told);
    end;
end;

procedure TwoThreads(const Path: UnicodeString);
var
  Db: TCrmDatabase;
  Users: array[0..1] of TUser;
  I, Round: Integer;
begin
  Db := TCrmDatabase.Create(Path);
  for I := 0 to 1 do
  begin
    Users[I] := TUser.Create(True);
    Users[I].Db := Db;
    Users[I].Start;
  end;
  for Round := 1 to 200 do
  begin
    Sleep(20);
    if (Users[0].Done + Users[1].Done > 50) and (Users[0].Told + Users[1].Told > 5) then
      Break;
  end;
  for I := 0 to 1 do
  begin
    Users[I].Terminate;
    Users[I].WaitFor;
  end;
  if (Users[0].Done + Users[1].Done = 0) or (Users[0].Told + Users[1].Told = 0) then
    Fail('two threads on one handle were not told');
  Db.Free;
end;

begin
  CloseInAnyOrder(UnicodeString(ParamStr(1)));
  Unmasked(UnicodeString(ParamStr(1)));
  TwoThreads(UnicodeString(ParamStr(1)));
  WriteLn('fine');
end.
