// Every address under one centre, typed. No rules here: what may be done stands in the views.

import type {
  ActOnDispatch,
  AddFieldNote,
  AddLandmark,
  AgreementAnswer,
  AskForHelp,
  CentreAnswer,
  ChangeIncident,
  ChangeLandmark,
  ContactsAnswer,
  CreateDispatch,
  CreateReport,
  DispatchAct,
  DispatchAnswer,
  EndIncident,
  IncidentAnswer,
  JurisdictionAnswer,
  LandmarkAnswer,
  MoveUnit,
  OpenIncident,
  PlaceCandidate,
  PlacedUnit,
  PositionsTaken,
  PreviewTriage,
  ProposedAgency,
  PushKeyAnswer,
  PutContact,
  PutDuties,
  PutPush,
  RankContact,
  RecommendationAnswer,
  ReportAnswer,
  ReportStored,
  SetOutcome,
  SplitIncident,
  StrikeAlarm,
  SurgeProposal,
  TellPosition,
  Understanding,
  UnitAnswer,
} from "../generated/protocol";
import { read, send } from "./request";

const PHOTO_LIMIT_MS = 120_000;

export type IncidentEnd = "resolve" | "close" | "reopen";
export type PersonsAct = Exclude<DispatchAct, "send" | "deliver">;

export class CentreApi {
  readonly #base: string;

  constructor(centre: string) {
    this.#base = `/api/v1/centres/${encodeURIComponent(centre)}`;
  }

  centre(): Promise<CentreAnswer> {
    return read(this.#base);
  }

  get boundariesPath(): string {
    return `${this.#base}/boundaries`;
  }

  createReport(body: CreateReport, key: string): Promise<ReportStored> {
    return this.#post("/reports", body, key);
  }

  previewTriage(body: PreviewTriage, signal: AbortSignal): Promise<Understanding> {
    return send(`${this.#base}/triage`, { method: "POST", body, signal });
  }

  /** The last 365 days. */
  agreement(signal: AbortSignal): Promise<AgreementAnswer> {
    return read(`${this.#base}/triage/agreement`, signal);
  }

  setOutcome(report: string, body: SetOutcome, key?: string): Promise<ReportAnswer> {
    return this.#post(`/reports/${report}/outcome`, body, key);
  }

  /** Brings a waiting report to the front. */
  liftReport(report: string): Promise<ReportAnswer> {
    return this.#post(`/reports/${report}/lift`);
  }

  /** Puts the report's contact behind for a while, or brings it forward. */
  rankContact(report: string, body: RankContact): Promise<ReportAnswer> {
    return this.#post(`/reports/${report}/contact`, body);
  }

  /** What many contacts tell of and nobody has confirmed. */
  async surge(signal: AbortSignal): Promise<SurgeProposal[]> {
    return (await read<{ items: SurgeProposal[] }>(`${this.#base}/surge`, signal)).items;
  }

  /** Says that an incident is a known event, or is one no longer. */
  markKnown(incident: string, known: boolean): Promise<IncidentAnswer> {
    return this.#post(`/incidents/${incident}/${known ? "confirm-known" : "end-known"}`);
  }

  openIncident(body: OpenIncident, key?: string): Promise<IncidentAnswer> {
    return this.#post("/incidents", body, key);
  }

  changeIncident(incident: string, body: ChangeIncident): Promise<IncidentAnswer> {
    return send(`${this.#base}/incidents/${incident}`, { method: "PATCH", body });
  }

  endIncident(incident: string, how: IncidentEnd, body: EndIncident): Promise<IncidentAnswer> {
    return this.#post(`/incidents/${incident}/${how}`, body);
  }

  mergeIncident(incident: string, into: string): Promise<IncidentAnswer> {
    return this.#post(`/incidents/${incident}/merge`, { into });
  }

  splitIncident(incident: string, body: SplitIncident): Promise<IncidentAnswer> {
    return this.#post(`/incidents/${incident}/split`, body);
  }

  createDispatch(incident: string, body: CreateDispatch, key?: string): Promise<DispatchAnswer> {
    return this.#post(`/incidents/${incident}/dispatches`, body, key);
  }

  actOnDispatch(dispatch: string, act: PersonsAct, body: ActOnDispatch, key?: string): Promise<DispatchAnswer> {
    return this.#post(`/dispatches/${dispatch}/${act.replaceAll("_", "-")}`, body, key);
  }

  /** The field calls for help: it rings at every desk. */
  askForHelp(dispatch: string, body: AskForHelp, key: string): Promise<DispatchAnswer> {
    return this.#post(`/dispatches/${dispatch}/help`, body, key);
  }

  /** The desk has heard a call for help and sees to it. */
  answerHelp(dispatch: string): Promise<DispatchAnswer> {
    return this.#post(`/dispatches/${dispatch}/help/answer`);
  }

  /** Whom an agency's dispatches reach, and their turns of duty. */
  contacts(agency: string, signal?: AbortSignal): Promise<ContactsAnswer> {
    return read(`${this.#base}/agencies/${encodeURIComponent(agency)}/contacts`, signal);
  }

  putContact(agency: string, contact: string, body: PutContact): Promise<ContactsAnswer> {
    return send(`${this.#base}/agencies/${encodeURIComponent(agency)}/contacts/${encodeURIComponent(contact)}`, { method: "PUT", body });
  }

  removeContact(agency: string, contact: string): Promise<ContactsAnswer> {
    return send(`${this.#base}/agencies/${encodeURIComponent(agency)}/contacts/${encodeURIComponent(contact)}`, { method: "DELETE" });
  }

  /** Replaces every turn of duty that is not over. */
  putDuties(agency: string, body: PutDuties): Promise<ContactsAnswer> {
    return send(`${this.#base}/agencies/${encodeURIComponent(agency)}/duties`, { method: "PUT", body });
  }

  /** Every unit with its last position and that one's age. */
  async placedUnits(signal: AbortSignal): Promise<PlacedUnit[]> {
    return (await read<{ items: PlacedUnit[] }>(`${this.#base}/units`, signal)).items;
  }

  /** Says where a unit stands. */
  moveUnit(unit: string, body: MoveUnit, key?: string): Promise<UnitAnswer> {
    return this.#post(`/units/${encodeURIComponent(unit)}/status`, body, key);
  }

  /** A picture of the scene. */
  addPhoto(dispatch: string, photo: Blob, key: string): Promise<DispatchAnswer> {
    return send(`${this.#base}/dispatches/${dispatch}/photos`, { method: "POST", body: photo, key, limitMs: PHOTO_LIMIT_MS });
  }

  /** The key that this centre's notices are signed with, base64url. */
  pushKey(): Promise<PushKeyAnswer> {
    return read(`${this.#base}/push-key`);
  }

  /** Where this browser wants to be told. */
  takePush(agency: string, body: PutPush): Promise<unknown> {
    return this.#post(`/agencies/${encodeURIComponent(agency)}/push`, body);
  }

  dropPush(agency: string, endpoint: string): Promise<unknown> {
    return send(`${this.#base}/agencies/${encodeURIComponent(agency)}/push`, { method: "DELETE", body: { endpoint } });
  }

  /** Where a unit is, from its own phone. */
  tellPosition(unit: string, body: TellPosition): Promise<PositionsTaken> {
    return this.#post(`/units/${encodeURIComponent(unit)}/position`, body);
  }

  photoPath(dispatch: string, photo: string): string {
    return `${this.#base}/dispatches/${dispatch}/photos/${photo}`;
  }

  /** Who and what should go, with the reasons. */
  recommendation(incident: string, alarm: number | null, signal: AbortSignal): Promise<RecommendationAnswer> {
    return read(`${this.#base}/incidents/${incident}/recommendation${alarm === null ? "" : `?alarm=${alarm}`}`, signal);
  }

  strikeAlarm(incident: string, body: StrikeAlarm): Promise<IncidentAnswer> {
    return this.#post(`/incidents/${incident}/alarm`, body);
  }

  addNote(dispatch: string, body: AddFieldNote, key: string): Promise<DispatchAnswer> {
    return this.#post(`/dispatches/${dispatch}/notes`, body, key);
  }

  async proposedAgencies(incident: string, signal: AbortSignal): Promise<ProposedAgency[]> {
    return (await read<{ items: ProposedAgency[] }>(`${this.#base}/incidents/${incident}/agencies`, signal)).items;
  }

  async places(words: string, near: { lat: number; lon: number } | null, signal: AbortSignal): Promise<PlaceCandidate[]> {
    const query = new URLSearchParams({ q: words });
    if (near !== null) query.set("near", `${near.lat},${near.lon}`);
    return (await read<{ items: PlaceCandidate[] }>(`${this.#base}/places?${query}`, signal)).items;
  }

  /** Keeps what people call a place, for the next caller who says so. */
  addLandmark(body: AddLandmark, key: string): Promise<LandmarkAnswer> {
    return this.#post("/landmarks", body, key);
  }

  /** The landmarks that people added, the latest first. */
  async landmarks(signal: AbortSignal): Promise<LandmarkAnswer[]> {
    return (await read<{ items: LandmarkAnswer[] }>(`${this.#base}/landmarks`, signal)).items;
  }

  changeLandmark(landmark: string, body: ChangeLandmark): Promise<LandmarkAnswer> {
    return send(`${this.#base}/landmarks/${landmark}`, { method: "PATCH", body });
  }

  removeLandmark(landmark: string): Promise<null> {
    return send(`${this.#base}/landmarks/${landmark}`, { method: "DELETE" });
  }

  jurisdiction(lat: number, lon: number, signal: AbortSignal): Promise<JurisdictionAnswer> {
    return read(`${this.#base}/jurisdiction?lat=${lat}&lon=${lon}`, signal);
  }

  #post<A>(path: string, body?: unknown, key?: string): Promise<A> {
    return send(`${this.#base}${path}`, key === undefined ? { method: "POST", body } : { method: "POST", body, key });
  }
}
