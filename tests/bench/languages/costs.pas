{ costs DB DATA: what a call, a row, a list and a month cost through the Object Pascal binding. }
program costs;

{$H+}

uses
  {$IFDEF UNIX}cwstring, Unix, UnixType, Linux,{$ENDIF} Classes, SysUtils, Crm, CrmRaw;

const
  Calls = 1000000;
  Lists = 30;
  List = '{"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state", "priority", "sequence", "due_at", ' +
    '"purpose", "result", "company.name", "executor.last_name"], "order": ["id"], "limit": 1000}';
  Month = '{"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state", "priority", "purpose", ' +
    '"company.name"], "where": {"all": [{"field": "executor_id", "value": {"param": 1}}, {"field": "start_at", "op": "ge", ' +
    '"value": {"param": 2}}, {"field": "start_at", "op": "lt", "value": {"param": 3}}]}, "order": ["start_at"]}';

type
  TWork = procedure;

var
  Db: TCrmDatabase;
  Company: TCrmCompany;
  Rows, MonthQuery: TCrmQuery;
  Months: TStringList;
  Drawn: Int64;

function Now: Int64; { nanoseconds }
var
  Time: TTimeSpec;
begin
  clock_gettime(CLOCK_MONOTONIC, @Time);
  Result := Int64(Time.tv_sec) * 1000000000 + Time.tv_nsec;
end;

procedure Cost(const Task: string; Count: Double; Work: TWork);
var
  Best, Start: Int64;
  Run: Integer;
begin
  Best := High(Int64);
  for Run := 1 to 3 do
  begin
    Start := Now;
    Work();
    if Now - Start < Best then
      Best := Now - Start;
  end;
  WriteLn('{"language": "Pascal", "task": "', Task, '", "us": ', Best / (1000 * Count):0:5, '}');
end;

procedure CallWork;
var
  I: Integer;
  Handle: PCrmRecord;
begin
  Handle := Company.Handle;
  for I := 1 to Calls do
    Inc(Drawn, crm_record_int(Handle, CRM_COMPANY_STATUS));
end;

procedure GettersWork;
var
  Cursor: PCrmCursor;
  More, I, Size: Integer;
begin
  crm_query_run(Rows.Handle, Cursor);
  while (crm_cursor_next(Cursor, More) = CRM_OK) and (More <> 0) do
  begin
    for I := 0 to 7 do
      Inc(Drawn, crm_cursor_int(Cursor, I));
    for I := 8 to 11 do
    begin
      crm_cursor_text(Cursor, I, @Size);
      Inc(Drawn, Size);
    end;
  end;
  crm_cursor_close(Cursor);
end;

procedure Draw(Query: TCrmQuery);
var
  Cursor: TCrmCursor;
  I: Integer;
begin
  Cursor := Query.Open;
  while Cursor.Next do
    for I := 0 to Cursor.Columns - 1 do
      with Cursor.Cells[I] do
        if Kind = CRM_TEXT then
          Inc(Drawn, Size)
        else
          Inc(Drawn, Value.IntegerValue);
  Cursor.Free;
end;

procedure CellsWork;
begin
  Draw(Rows);
end;

procedure JsonWork;
begin
  Inc(Drawn, Length(Rows.RowsJson));
end;

procedure ListWork;
var
  I: Integer;
begin
  for I := 1 to Lists do
    Draw(Rows);
end;

procedure MonthWork;
var
  I: Integer;
  Line: TStringList;
begin
  Line := TStringList.Create;
  Line.Delimiter := '|';
  for I := 0 to Months.Count - 1 do
  begin
    Line.DelimitedText := Months[I];
    MonthQuery.Bind(1, StrToInt64(Line[0]));
    MonthQuery.Bind(2, StrToInt64(Line[1]) * 1000000);
    MonthQuery.Bind(3, StrToInt64(Line[2]) * 1000000);
    Draw(MonthQuery);
  end;
  Line.Free;
end;

begin
  Db := TCrmDatabase.Create(UnicodeString(ParamStr(1)));
  Company := TCrmCompany.Create(Db);
  Rows := TCrmQuery.Create(Db, List);
  MonthQuery := TCrmQuery.Create(Db, Month);
  Months := TStringList.Create;
  Months.LoadFromFile(ParamStr(2) + '/p_cal.csv');
  Cost('call', Calls, @CallWork);
  Cost('getters', 1000, @GettersWork);
  Cost('cells', 1000, @CellsWork);
  Cost('json', 1000, @JsonWork);
  Cost('list', Lists, @ListWork);
  Cost('month', Months.Count, @MonthWork);
end.
