{ matrixcheck DATABASE: open events whose product is not in the client's product matrix today, and what leaves it out in each of the
  client's spheres. Free Pascal; under Delphi the JSON of MatrixExplain is read by System.JSON. }
program matrixcheck;

{$MODE DELPHI}{$CODEPAGE UTF8}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF} SysUtils, fpjson, jsonparser, Crm;

const
  OpenEvents = '{"entity": "event", "columns": ["company_id", "product_id", "company.name", "product.name", "executor.last_name"],' +
    ' "where": {"all": [{"field": "stored_state", "op": "in", "value": ["planned", "rescheduled", "postponed"]},' +
    ' {"field": "product_id", "op": "not_null"}, {"field": "company_id", "op": "not_null"}]}, "order": ["company.name"]}';
  SpheresOf = '{"entity": "company_sphere", "columns": ["sphere_id", "sphere.name"],' +
    ' "where": {"field": "company_id", "value": {"param": 1}}}';

{ A line for each thing that leaves the cell out; '' if it is in the matrix. }
function LeftOutBy(Db: TCrmDatabase; Company, Product, Sphere: Int64): UnicodeString;
var
  Told: TJSONObject;
  Reasons: TJSONArray;
  I: Integer;
begin
  Result := '';
  Told := TJSONObject(GetJSON(UTF8Encode(Db.MatrixExplain(Company, Product, Sphere))));
  try
    Reasons := Told.Arrays['excluded_by'];
    for I := 0 to Reasons.Count - 1 do
      Result := Result + LineEnding + '      ' + Reasons.Objects[I].Get('text', UnicodeString(''));
  finally
    Told.Free;
  end;
end;

{ Why no sphere of the company lets it have the product; '' if one does. }
function WhyNot(Db: TCrmDatabase; Spheres: TCrmQuery; Company, Product: Int64): UnicodeString;
var
  Rows: TCrmCursor;
  LeftOut: UnicodeString;
begin
  Result := '';
  Spheres.Bind(1, Company);
  Rows := Spheres.Open;
  try
    while Rows.Next do
    begin
      LeftOut := LeftOutBy(Db, Company, Product, Rows.AsInt64(0));
      if LeftOut = '' then
        Exit('');
      Result := Result + LineEnding + '    ' + Rows.AsText(1) + ':' + LeftOut;
    end;
  finally
    Rows.Free;
  end;
  if Result = '' then
    Result := LineEnding + '    the client has no business sphere';
end;

procedure Check(Db: TCrmDatabase);
var
  Events, Spheres: TCrmQuery;
  Rows: TCrmCursor;
  Seen, Outside: Integer;
  Why: UnicodeString;
begin
  Seen := 0;
  Outside := 0;
  Events := TCrmQuery.Create(Db, OpenEvents);
  Spheres := TCrmQuery.Create(Db, SpheresOf);
  Rows := Events.Open;
  try
    while Rows.Next do
    begin
      Inc(Seen);
      Why := WhyNot(Db, Spheres, Rows.AsInt64(0), Rows.AsInt64(1));
      if Why = '' then
        Continue;
      Inc(Outside);
      WriteLn(Rows.AsText(2), ', ', Rows.AsText(3), ' (', Rows.AsText(4), ')', Why);
    end;
  finally
    Rows.Free;
    Spheres.Free;
    Events.Free;
  end;
  WriteLn(Outside, ' of ', Seen, ' open events offer a product outside the matrix of the client');
end;

var
  Db: TCrmDatabase;
  Options: TCrmOpenOptions;
begin
  if ParamCount <> 1 then
  begin
    WriteLn(ErrOutput, 'usage: matrixcheck DATABASE');
    Halt(2);
  end;
  SetTextCodePage(Output, CP_UTF8);
  Options := CrmOpenOptions;
  Options.CreateFile := False;
  try
    Db := TCrmDatabase.Create(UnicodeString(ParamStr(1)), Options);
    try
      Check(Db);
    finally
      Db.Free;
    end;
  except
    on Error: ECrmError do
    begin
      WriteLn(ErrOutput, Error.Text);
      Halt(1);
    end;
  end;
end.
