{ scenario FILE DATABASE: every step of the scenario through the Object Pascal binding; prints an answer a line (JSON). }
{$mode objfpc} { of this program, which needs a case of strings; the units are compiled in the mode of the command line }
program scenario;

{$H+}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF} Classes, SysUtils, Math, TypInfo, DateUtils, fpjson, jsonparser, Crm, CrmRaw;

const
  ZeroSign = WideChar($2400); { stands for a zero byte, which fpjson loses }

var
  Path: UnicodeString;
  Named: TStringList; { databases as 'db:name', records by their names }

function Pascal(const Name: string): string;
var
  I: Integer;
begin
  Result := '';
  for I := 1 to Length(Name) do
    if (I = 1) or (Name[I - 1] = '_') then
      Result := Result + UpCase(Name[I])
    else if Name[I] <> '_' then
      Result := Result + Name[I];
end;

{ 'VeryHigh' as 'very_high' }
function Snake(const Name: string): string;
var
  I: Integer;
begin
  Result := '';
  for I := 1 to Length(Name) do
  begin
    if (Name[I] in ['A'..'Z']) and (I > 1) then
      Result := Result + '_';
    Result := Result + LowerCase(Name[I]);
  end;
end;

function Find(const Name: string): TObject;
begin
  Result := nil;
  if Named.IndexOf(Name) >= 0 then
    Result := Named.Objects[Named.IndexOf(Name)];
end;

procedure Keep(const Name: string; Item: TObject);
begin
  if Named.IndexOf(Name) >= 0 then
    Named.Delete(Named.IndexOf(Name)); { the old one stays open, as a careless host's would }
  Named.AddObject(Name, Item);
end;

function RecordOf(const Name: string): TCrmRecord;
begin
  Result := Find(Name) as TCrmRecord;
end;

{ '2026-03-03T10:00:00+07:00' in UTC }
function Instant(const Iso: string): TDateTime;
begin
  Result := ISO8601ToDate(Iso, True);
end;

function Day(const Iso: string): TDate;
begin
  Result := EncodeDate(StrToInt(Copy(Iso, 1, 4)), StrToInt(Copy(Iso, 6, 2)), StrToInt(Copy(Iso, 9, 2)));
end;

{ --- arguments }

function IsTagged(Value: TJSONData; const Tag: string): Boolean;
begin
  Result := (Value is TJSONObject) and (TJSONObject(Value).Find(Tag) <> nil);
end;

function IdOf(Value: TJSONData): Int64;
begin
  if IsTagged(Value, '$') then
    Result := RecordOf(TJSONObject(Value).Strings['$']).Id
  else if IsTagged(Value, 'version') then
    Result := RecordOf(TJSONObject(Value).Strings['version']).Version
  else
    Result := Value.AsInt64;
end;

{ The JSON of a query or of records, with the ids of records for their names. }
function Json(Value: TJSONData): TJSONData;
var
  I: Integer;
begin
  if IsTagged(Value, '$') then
    Result := TJSONInt64Number.Create(IdOf(Value))
  else if Value is TJSONObject then
  begin
    Result := TJSONObject.Create;
    for I := 0 to Value.Count - 1 do
      TJSONObject(Result).Add(TJSONObject(Value).Names[I], Json(Value.Items[I]));
  end
  else if Value is TJSONArray then
  begin
    Result := TJSONArray.Create;
    for I := 0 to Value.Count - 1 do
      TJSONArray(Result).Add(Json(Value.Items[I]));
  end
  else
    Result := Value.Clone;
end;

function JsonText(Value: TJSONData): UnicodeString;
var
  Plain: TJSONData;
begin
  Plain := Json(Value);
  Result := UTF8ToString(UTF8String(Plain.AsJSON));
  Plain.Free;
end;

function Text(Value: TJSONData): UnicodeString;
var
  I: Integer;
begin
  if Value.IsNull then
    Result := ''
  else if IsTagged(Value, 'entity') then
    Result := UnicodeString(TJSONObject(Value).Strings['entity'])
  else
    Result := Value.AsUnicodeString;
  for I := 1 to Length(Result) do
    if Result[I] = ZeroSign then
      Result[I] := #0;
end;

function Date(Value: TJSONData): TDate;
begin
  Result := Day(TJSONObject(Value).Strings['date']);
end;

{ The ordinal of a code of an enumeration. }
function Choice(Info: PTypeInfo; const Code: string): Integer;
var
  I: Integer;
begin
  for I := GetTypeData(Info)^.MinValue to GetTypeData(Info)^.MaxValue do
    if Snake(GetEnumName(Info, I)) = Code then
    begin
      Result := I;
      Exit;
    end;
  raise Exception.Create('no such code: ' + Code);
end;

function ChoiceOf(Info: PTypeInfo; Value: TJSONData): Integer;
begin
  Result := Choice(Info, TJSONObject(Value).Arrays['choice'].Strings[1]);
end;

function Options(Value: TJSONObject): TCrmEventActOptions;
var
  I: Integer;
  Item: TJSONData;
begin
  Result := CrmEventActOptions;
  for I := 0 to Value.Count - 1 do
  begin
    Item := Value.Items[I];
    case Value.Names[I] of
      'start_at': Result.StartAt := Instant(TJSONObject(Item).Strings['instant']);
      'end_at': Result.EndAt := Instant(TJSONObject(Item).Strings['instant']);
      'until_day': Result.UntilDay := Date(Item);
      'outcome': Result.Outcome := IdOf(Item);
      'result': Result.Result := Text(Item);
      'reason': Result.Reason := Text(Item);
      'comment': Result.Comment := Text(Item);
    else
      raise Exception.Create('unknown option ' + Value.Names[I]);
    end;
  end;
end;

{ --- properties, by their run-time types }

procedure SetProperty(Item: TCrmRecord; const Name: string; Value: TJSONData);
var
  Info: PPropInfo;
begin
  Info := GetPropInfo(Item, Pascal(Name));
  if Info = nil then
    raise Exception.Create('no property ' + Pascal(Name));
  case Info^.PropType^.Kind of
    tkUString: SetUnicodeStrProp(Item, Info, Text(Value));
    tkInteger: SetOrdProp(Item, Info, Value.AsInteger);
    tkInt64: SetInt64Prop(Item, Info, IdOf(Value));
    tkBool: SetOrdProp(Item, Info, Ord(Value.AsBoolean));
    tkEnumeration: SetOrdProp(Item, Info, Choice(Info^.PropType, Value.AsString));
    tkFloat:
      if Info^.PropType^.Name = 'TDate' then
        SetFloatProp(Item, Info, Day(Value.AsString))
      else if Info^.PropType^.Name = 'TDateTime' then
        SetFloatProp(Item, Info, Instant(Value.AsString))
      else
        SetFloatProp(Item, Info, StrToFloat(Value.AsString));
  else
    raise Exception.Create('a property of an unknown kind: ' + Name);
  end;
end;

function DateText(Date: TDate): TJSONData;
begin
  Result := TJSONString.Create(FormatDateTime('yyyy"-"mm"-"dd', Date));
end;

function InstantText(At: TDateTime): TJSONData;
begin
  Result := TJSONString.Create(FormatDateTime('yyyy"-"mm"-"dd"T"hh":"nn":"ss"Z"', At));
end;

function GetProperty(Item: TCrmRecord; const Name: string): TJSONData;
var
  Info: PPropInfo;
begin
  if Name = 'id' then
    Exit(TJSONInt64Number.Create(Item.Id));
  if Item.IsNull(crm_field_no(Item.Entity, PAnsiChar(Name))) then
    Exit(TJSONNull.Create);
  Info := GetPropInfo(Item, Pascal(Name));
  case Info^.PropType^.Kind of
    tkUString: Result := TJSONString.Create(UTF8Encode(GetUnicodeStrProp(Item, Info)));
    tkInteger: Result := TJSONInt64Number.Create(GetOrdProp(Item, Info));
    tkInt64: Result := TJSONInt64Number.Create(GetInt64Prop(Item, Info));
    tkBool: Result := TJSONBoolean.Create(GetOrdProp(Item, Info) <> 0);
    tkEnumeration: Result := TJSONString.Create(Snake(GetEnumProp(Item, Info)));
    tkFloat:
      if Info^.PropType^.Name = 'TDate' then
        Result := DateText(GetFloatProp(Item, Info))
      else if Info^.PropType^.Name = 'TDateTime' then
        Result := InstantText(GetFloatProp(Item, Info))
      else
        Result := TJSONString.Create(FloatToStr(GetFloatProp(Item, Info)));
  else
    raise Exception.Create('a property of an unknown kind: ' + Name);
  end;
end;

{ --- methods }

function Lines(Value: TJSONData): TJSONArray;
begin
  Result := TJSONObject(Value).Arrays['records'];
end;

procedure BringAbout(Db: TCrmDatabase; const Method: string; Args: TJSONArray);
var
  Event: TCrmEvent;
  All: array of TCrmEventLine;
  I: Integer;
begin
  Event := RecordOf(TJSONObject(Args[0]).Strings['record']) as TCrmEvent;
  SetLength(All, Lines(Args[1]).Count);
  for I := 0 to High(All) do
    All[I] := RecordOf(Lines(Args[1]).Strings[I]) as TCrmEventLine;
  if Method = 'event_plan' then
    Db.EventPlan(Event, All)
  else
    Db.EventRecord(Event, All);
end;

function Answer(const Json: UnicodeString): TJSONData;
begin
  Result := GetJSON(UTF8Encode(Json));
end;

function Found(Db: TCrmDatabase; Args: TJSONArray): TJSONData;
var
  Entity: UnicodeString;
  Id: Int64;
begin
  Db.ExternalFind(Text(Args[0]), Text(Args[1]), Text(Args[2]), Entity, Id);
  Result := TJSONArray.Create;
  if Entity = '' then
    TJSONArray(Result).Add(TJSONNull.Create)
  else
    TJSONArray(Result).Add(UTF8Encode(Entity));
  TJSONArray(Result).Add(Id);
end;

function Call(Db: TCrmDatabase; const Method: string; A: TJSONArray): TJSONData;
begin
  Result := nil;
  case Method of
    'clock_set': Db.ClockSet(Instant(TJSONObject(A[0]).Strings['instant']));
    'now': Result := InstantText(Db.Now);
    'today': Result := DateText(Db.Today);
    'language_set': Db.LanguageSet(TCrmLanguage(ChoiceOf(TypeInfo(TCrmLanguage), A[0])));
    'act_as': Db.ActAs(IdOf(A[0]));
    'act_as_login': Db.ActAsLogin(Text(A[0]));
    'begin': Db.Begin_;
    'rollback': Db.Rollback;
    'interrupt': Db.Interrupt;
    'schema': Result := Answer(Db.Schema);
    'save': Result := Answer(Db.Save(JsonText(A[0])));
    'completeness': Result := Answer(Db.Completeness(IdOf(A[0])));
    'company_activate': Db.CompanyActivate(IdOf(A[0]));
    'event_plan', 'event_record': BringAbout(Db, Method, A);
    'event_act':
      Result := TJSONInt64Number.Create(Db.EventAct(IdOf(A[0]), IdOf(A[1]), TCrmEventAction(ChoiceOf(TypeInfo(TCrmEventAction), A[2])),
        Options(A[3] as TJSONObject)));
    'contacts': Result := Answer(Db.Contacts(Text(A[0]), A[1].AsInteger));
    'characteristic_set': Db.CharacteristicSet(Text(A[0]), IdOf(A[1]), Text(A[2]), JsonText(A[3]));
    'characteristics': Result := Answer(Db.Characteristics(Text(A[0]), IdOf(A[1])));
    'assign':
      Result := TJSONInt64Number.Create(Db.Assign(IdOf(A[0]), IdOf(A[1]),
        TCrmAssignmentRole(ChoiceOf(TypeInfo(TCrmAssignmentRole), A[2])), Date(A[3]), Text(A[4])));
    'dismiss': Result := Answer(Db.Dismiss(IdOf(A[0]), Date(A[1]), IdOf(A[2]), TJSONObject(A[3]).Booleans['flag']));
    'audit': Result := Answer(Db.Audit(JsonText(A[0])));
    'working_days': Result := Answer(Db.WorkingDays(IdOf(A[0]), Date(A[1]), Date(A[2])));
    'access_explain': Result := Answer(Db.AccessExplain(IdOf(A[0]), Text(A[1]), IdOf(A[2])));
    'document_post': Result := Answer(Db.DocumentPost(JsonText(A[0]), TJSONObject(A[1]).Booleans['flag']));
    'document_unpost': Result := Answer(Db.DocumentUnpost(Text(A[0]), Text(A[1]), TJSONObject(A[2]).Booleans['flag']));
    'map_links': Result := Answer(Db.MapLinks(IdOf(A[0])));
    'address_split': Result := Answer(Db.AddressSplit(Text(A[0])));
    'starter_set': Db.StarterSet(TCrmLanguage(ChoiceOf(TypeInfo(TCrmLanguage), A[0])));
    'portfolio': Result := Answer(Db.Portfolio(IdOf(A[0]), Date(A[1])));
    'classifier_counts': Result := Answer(Db.ClassifierCounts(IdOf(A[0])));
    'event_in_cell': Result := Answer(Db.EventInCell(IdOf(A[0]), IdOf(A[1]), Date(A[2]), A[3].AsInteger));
    'event_move': Result := TJSONInt64Number.Create(Db.EventMove(IdOf(A[0]), IdOf(A[1]), Date(A[2]), A[3].AsInteger, Text(A[4])));
    'calendar': Result := Answer(Db.Calendar(JsonText(A[0])));
    'calendar_svg': Result := TJSONString.Create(UTF8Encode(Db.CalendarSvg(JsonText(A[0]))));
    'calendar_html': Result := TJSONString.Create(UTF8Encode(Db.CalendarHtml(JsonText(A[0]))));
    'feed_read': Result := Answer(Db.FeedRead(TCrmHostFeedKind(ChoiceOf(TypeInfo(TCrmHostFeedKind), A[0])), A[1].AsInteger));
    'address_geocode': Result := TJSONBoolean.Create(Db.AddressGeocode(IdOf(A[0])));
    'warnings': Result := Answer(Db.Warnings);
    'staff': Result := Answer(Db.Staff(IdOf(A[0]), Date(A[1]), TJSONObject(A[2]).Booleans['flag']));
    'user_card': Result := Answer(Db.UserCard(IdOf(A[0]), Date(A[1])));
    'user_rehire': Db.UserRehire(IdOf(A[0]), Date(A[1]));
    'load_by_day': Result := Answer(Db.LoadByDay(IdOf(A[0]), Date(A[1]), Date(A[2])));
    'pivot': Result := Answer(Db.Pivot(JsonText(A[0])));
    'pivot_csv': Result := TJSONString.Create(UTF8Encode(Db.PivotCsv(JsonText(A[0]))));
    'pivot_facts': Result := Answer(Db.PivotFacts(JsonText(A[0]), A[1].AsInteger, A[2].AsInteger, A[3].AsInteger));
    'funnel': Result := Answer(Db.Funnel(JsonText(A[0])));
    'plans_set': Result := Answer(Db.PlansSet(JsonText(A[0])));
    'plan_fact': Result := Answer(Db.PlanFact(JsonText(A[0])));
    'plan_fact_ids': Result := Answer(Db.PlanFactIds(JsonText(A[0])));
    'receipts': Result := Answer(Db.Receipts(JsonText(A[0])));
    'tick': Result := Answer(Db.Tick(A[0].AsInteger));
    'notices_claim': Result := Answer(Db.NoticesClaim(A[0].AsInteger, A[1].AsInteger));
    'notice_acknowledge': Db.NoticeAcknowledge(IdOf(A[0]));
    'notice_fail': Db.NoticeFail(IdOf(A[0]), Text(A[1]));
    'verification_queue': Result := Answer(Db.VerificationQueue(IdOf(A[0])));
    'matrix': Result := Answer(Db.Matrix(IdOf(A[0]), Date(A[1])));
    'matrix_explain': Result := Answer(Db.MatrixExplain(IdOf(A[0]), IdOf(A[1]), IdOf(A[2]), Date(A[3])));
    'organisation_cell_remove': Result := Answer(Db.OrganisationCellRemove(IdOf(A[0]), IdOf(A[1]), TJSONObject(A[2]).Booleans['flag']));
    'whitespace': Result := Answer(Db.Whitespace(JsonText(A[0])));
    'underserved': Result := Answer(Db.Underserved(JsonText(A[0])));
    'demanded_products': Result := Answer(Db.DemandedProducts(JsonText(A[0])));
    'company_matrices': Result := Answer(Db.CompanyMatrices(JsonText(A[0])));
    'external_link': Db.ExternalLink(Text(A[0]), Text(A[1]), Text(A[2]), Text(A[3]), IdOf(A[4]));
    'external_find': Result := Found(Db, A);
  else
    raise Exception.Create('unknown method ' + Method);
  end;
end;

{ --- rows }

function CellOf(Cursor: TCrmCursor; Column: Integer; const Name: string): TJSONData;
begin
  if Cursor.IsNull(Column) then
    Result := TJSONNull.Create
  else if Name = 'created_at' then
    Result := InstantText(Cursor.AsInstant(Column))
  else if Name = 'activated_on' then
    Result := DateText(Cursor.AsDate(Column))
  else if Name = 'status' then
    Result := TJSONString.Create(Snake(GetEnumName(TypeInfo(TCrmCompanyStatus), Cursor.AsInt64(Column))))
  else if Cursor.Cells[Column].Kind = CRM_TEXT then
    Result := TJSONString.Create(UTF8Encode(Cursor.AsText(Column)))
  else
    Result := TJSONInt64Number.Create(Cursor.AsInt64(Column));
end;

function Rows(Db: TCrmDatabase; Query: TJSONObject): TJSONData;
var
  Prepared: TCrmQuery;
  Cursor: TCrmCursor;
  Row: TJSONArray;
  I: Integer;
begin
  Result := TJSONArray.Create;
  Prepared := TCrmQuery.Create(Db, JsonText(Query));
  Cursor := Prepared.Open;
  while Cursor.Next do
  begin
    Row := TJSONArray.Create;
    for I := 0 to Cursor.Columns - 1 do
      Row.Add(CellOf(Cursor, I, Query.Arrays['columns'].Strings[I]));
    TJSONArray(Result).Add(Row);
  end;
  Cursor.Free;
  Prepared.Free;
end;

function Page(Db: TCrmDatabase; Query: TJSONObject): TJSONData;
var
  Told: TJSONObject;
begin
  Told := Answer(Db.Query(JsonText(Query))) as TJSONObject;
  Told.Delete('columns');
  if Told.Find('next') = nil then
    Told.Add('next', TJSONNull.Create);
  Result := Told;
end;

{ --- the host: it answers what the step says, or raises it }

type
  TPort = class
    Parts: TJSONObject;
    function Answer(const Part: string; Question: TJSONData): TJSONData;
    function Clock: TDateTime;
    procedure Deliver(const Notice: UnicodeString);
    function Geocode(const Query: UnicodeString): UnicodeString;
    function FileExists(const Uri: UnicodeString): Boolean;
    function Authorise(const Change: UnicodeString): UnicodeString;
    function Products(const Position: UnicodeString): UnicodeString;
    function Documents(const Position: UnicodeString): UnicodeString;
    function Receipts(const Position: UnicodeString): UnicodeString;
  end;

var
  Port: TPort;
  Asked: TJSONArray;

function Plain(const Text: UnicodeString): TJSONData;
begin
  Result := TJSONString.Create(UTF8Encode(Text));
end;

function TPort.Answer(const Part: string; Question: TJSONData): TJSONData;
var
  Said: TJSONObject;
begin
  if Question <> nil then
    Asked.Add(TJSONArray.Create([Part, Question]));
  Said := Parts.Objects[Part];
  if Said.Find('fails') <> nil then
    raise Exception.Create(Said.Strings['fails']);
  Result := Said.Find('answer');
end;

function TPort.Clock: TDateTime;
begin
  Result := Instant(TJSONObject(Answer('clock', nil)).Strings['instant']);
end;

procedure TPort.Deliver(const Notice: UnicodeString);
begin
  Answer('deliver', GetJSON(UTF8Encode(Notice)));
end;

function PageText(Page: TJSONData): UnicodeString;
begin
  if Page.IsNull then
    Result := ''
  else
    Result := JsonText(Page);
end;

function TPort.Geocode(const Query: UnicodeString): UnicodeString;
begin
  Result := PageText(Answer('geocode', Plain(Query)));
end;

function TPort.FileExists(const Uri: UnicodeString): Boolean;
begin
  Result := Answer('file_exists', Plain(Uri)).AsBoolean;
end;

function TPort.Authorise(const Change: UnicodeString): UnicodeString;
begin
  Result := Text(Answer('authorise', GetJSON(UTF8Encode(Change))));
end;

function TPort.Products(const Position: UnicodeString): UnicodeString;
begin
  Result := PageText(Answer('products', Plain(Position)));
end;

function TPort.Documents(const Position: UnicodeString): UnicodeString;
begin
  Result := PageText(Answer('documents', Plain(Position)));
end;

function TPort.Receipts(const Position: UnicodeString): UnicodeString;
begin
  Result := PageText(Answer('receipts', Plain(Position)));
end;

procedure SetHost(Db: TCrmDatabase; Parts: TJSONObject);
var
  Host: TCrmHostParts;
begin
  Port.Parts := Json(Parts) as TJSONObject;
  Host := CrmHostParts;
  if Parts.Find('clock') <> nil then
    Host.Clock := @Port.Clock;
  if Parts.Find('deliver') <> nil then
    Host.Deliver := @Port.Deliver;
  if Parts.Find('geocode') <> nil then
    Host.Geocode := @Port.Geocode;
  if Parts.Find('file_exists') <> nil then
    Host.FileExists := @Port.FileExists;
  if Parts.Find('authorise') <> nil then
    Host.Authorise := @Port.Authorise;
  if Parts.Find('products') <> nil then
    Host.Products := @Port.Products;
  if Parts.Find('documents') <> nil then
    Host.Documents := @Port.Documents;
  if Parts.Find('receipts') <> nil then
    Host.Receipts := @Port.Receipts;
  Db.HostSet(Host);
end;

function AskedOfHost: TJSONData;
begin
  Result := Asked;
  Asked := TJSONArray.Create;
end;

{ --- steps }

procedure SetFields(Item: TCrmRecord; Fields: TJSONObject);
var
  I: Integer;
begin
  for I := 0 to Fields.Count - 1 do
    SetProperty(Item, Fields.Names[I], Fields.Items[I]);
end;

function Got(Item: TCrmRecord; Fields: TJSONArray): TJSONData;
var
  I: Integer;
begin
  Result := TJSONObject.Create;
  for I := 0 to Fields.Count - 1 do
    TJSONObject(Result).Add(Fields.Strings[I], GetProperty(Item, Fields.Strings[I]));
end;

procedure MakeNew(Db: TCrmDatabase; Step: TJSONObject);
var
  Item: TCrmRecord;
begin
  Item := CrmClassOf(UnicodeString(Step.Strings['entity'])).Create(Db);
  SetFields(Item, Step.Objects['fields']);
  Keep(Step.Strings['as'], Item);
end;

function At(Value: TJSONData; Way: TJSONArray): TJSONData;
var
  I: Integer;
begin
  for I := 0 to Way.Count - 1 do
    if Way[I].JSONType = jtNumber then
      Value := Value.Items[Way.Integers[I]]
    else
      Value := TJSONObject(Value).Find(Way.Strings[I]);
  Result := Value.Clone;
end;

function OptionsOf(Step: TJSONObject): TCrmOpenOptions;
var
  Limits: TJSONObject;
begin
  Result := CrmOpenOptions;
  Result.Zone := UnicodeString(Step.Get('zone', ''));
  Result.Currency := UnicodeString(Step.Get('currency', ''));
  Limits := Step.Find('limits') as TJSONObject;
  if Limits = nil then
    Exit;
  Result.MaxNesting := Limits.Int64s['max_nesting'];
  Result.MaxTextBytes := Limits.Int64s['max_text_bytes'];
  Result.MaxSearchBytes := Limits.Int64s['max_search_bytes'];
  Result.MaxConditions := Limits.Int64s['max_conditions'];
  Result.MaxColumns := Limits.Int64s['max_columns'];
  Result.MaxValues := Limits.Int64s['max_values'];
  Result.MaxAnswerRows := Limits.Int64s['max_answer_rows'];
  Result.MaxAnswerBytes := Limits.Int64s['max_answer_bytes'];
  Result.MaxResidentBytes := Limits.Int64s['max_resident_bytes'];
end;

function Run(Step: TJSONObject): TJSONData;
var
  Db: TCrmDatabase;
  Item: TCrmRecord;
begin
  Result := nil;
  Db := Find('db:' + Step.Get('on', 'first')) as TCrmDatabase;
  Item := nil;
  if Step.Find('record') <> nil then
    Item := RecordOf(Step.Strings['record']);
  case Step.Strings['do'] of
    'open': Keep('db:' + Step.Strings['as'], TCrmDatabase.Create(UnicodeString(Step.Get('path', string(UTF8Encode(Path)))), OptionsOf(Step)));
    'call': Result := Call(Db, Step.Strings['method'], Step.Arrays['args']);
    'host': SetHost(Db, Step.Objects['parts']);
    'asked': Result := AskedOfHost;
    'new': MakeNew(Db, Step);
    'load': Keep(Step.Strings['as'], CrmClassOf(UnicodeString(Step.Strings['entity'])).Load(Db, IdOf(Step.Find('id'))));
    'set': SetFields(Item, Step.Objects['fields']);
    'set_text': Item.SetText(crm_field_no(Item.Entity, PAnsiChar(Step.Strings['field'])), Text(Step.Find('text')));
    'set_int': Item.SetInt64(crm_field_no(Item.Entity, PAnsiChar(Step.Strings['field'])), Step.Int64s['number']);
    'get': Result := Got(Item, Step.Arrays['fields']);
    'query': Result := Page(Db, Step.Objects['query']);
    'select': Result := Rows(Db, Step.Objects['query']);
    'save': Item.Save;
    'erase': Item.Erase;
    'close':
      if Item <> nil then
        Item.Close
      else
        Db.Close;
  else
    raise Exception.Create('unknown step');
  end;
  if Step.Find('at') <> nil then
    Result := At(Result, Step.Arrays['at']);
  if Result = nil then
    Result := TJSONNull.Create;
end;

function FieldName(Entity, Field: Integer): string;
var
  Schema, Fields: TJSONArray;
  I, J: Integer;
begin
  Result := '';
  if Field = CRM_ANY_ID then
    Exit('id');
  if Field = CRM_ANY_VERSION then
    Exit('version');
  Schema := TJSONObject(Answer((Find('db:first') as TCrmDatabase).Schema)).Arrays['entities'];
  for I := 0 to Schema.Count - 1 do
    if Schema.Objects[I].Integers['no'] = Entity then
    begin
      Fields := Schema.Objects[I].Arrays['fields'];
      for J := 0 to Fields.Count - 1 do
        if Fields.Objects[J].Integers['no'] = Field then
          Result := Fields.Objects[J].Strings['name'];
    end;
end;

function ErrorOf(Error: ECrmError): TJSONData;
var
  Violations: TJSONArray;
  I: Integer;
begin
  Violations := TJSONArray.Create;
  for I := 0 to High(Error.Violations) do
    with Error.Violations[I] do
      Violations.Add(TJSONObject.Create(['rule', UTF8Encode(Rule), 'entity', UTF8Encode(CrmEntityName(Entity)),
        'field', FieldName(Entity, Field)]));
  Result := TJSONObject.Create(['code', UTF8Encode(Error.Code), 'text', UTF8Encode(Error.Text), 'violations', Violations]);
end;

function Told(Step: TJSONObject): TJSONData;
begin
  try
    Result := TJSONObject.Create(['answer', Run(Step)]);
  except
    on Error: ECrmError do
      Result := TJSONObject.Create(['error', ErrorOf(Error)]);
  end;
end;

var
  Source: TStringList;
  Steps: TJSONArray;
  I: Integer;
begin
  SetExceptionMask([exPrecision]); { all that a program can whose own numbers are not exact }
  DefaultFormatSettings.DecimalSeparator := '.';
  SetMultiByteConversionCodePage(CP_UTF8);
  SetTextCodePage(Output, CP_UTF8);
  Path := UnicodeString(ParamStr(2));
  Named := TStringList.Create;
  Port := TPort.Create;
  Asked := TJSONArray.Create;
  Keep('db:first', TCrmDatabase.Create(Path));
  Source := TStringList.Create;
  Source.LoadFromFile(ParamStr(1));
  Steps := GetJSON(StringReplace(Source.Text, '\u0000', UTF8Encode(UnicodeString(ZeroSign)), [rfReplaceAll])) as TJSONArray;
  for I := 0 to Steps.Count - 1 do
    if Steps.Objects[I].Find('do') <> nil then
      WriteLn(Told(Steps.Objects[I]).AsJSON)
    else
      WriteLn('{}');
end.
