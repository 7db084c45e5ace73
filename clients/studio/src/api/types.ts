// The messages of the API under the names that the screens use.
import type { Answer, Body } from "./shapes";
import type { Schema } from "@rightvoice/client";

export type Rule = Schema<"Rule">;
export type Condition = Schema<"Condition">;
export type Token = Schema<"Token">;
export type Fact = Schema<"FactEntry">;
export type Operator = Schema<"FactOperator">;
export type Content = Schema<"Content">;
export type AdviceItem = Schema<"AdviceItem">;
export type Topic = Schema<"TopicEntry">;
export type Scenario = Schema<"Scenario">;
export type ScenarioAnswer = Schema<"ScenarioAnswer">;
export type ScenarioRun = Schema<"ScenarioRun">;
export type RuleRef = Schema<"RuleRef">;
export type Problem = Schema<"Problem">;
export type Report = Schema<"Report">;
export type Finding = Schema<"Finding">;
export type Fix = Schema<"Fix">;
export type Operation = Schema<"EditOperation">;
export type Draft = Schema<"Draft">;
export type Version = Schema<"Version">;
export type Change = Schema<"Change">;
export type Region = Schema<"Region">;
export type Impact = Schema<"Impact">;
export type Progress = Schema<"Progress">;
export type Permission = Schema<"Permission">;
export type Requirement = Schema<"Requirement">;
export type Review = Schema<"Review">;
export type Comment = Schema<"Comment">;
export type GuardrailState = Schema<"GuardrailState">;
export type Sample = Schema<"ImpactSample">;
export type Shift = Schema<"Shift">;
export type AuditEntry = Schema<"AuditEntry">;
export type ContentRef = Schema<"ContentRef">;
/** In the details of STALE_ETAG: what both sides did since the etag that was sent. */
export interface StaleEdit {
  etag: string;
  theirs: Change[];
  mine: Change[];
  /** Whether there was more than fits. */
  cut: boolean;
}
/** In the details of CONFLICT: a row or file that two sides changed differently. */
export interface Clash {
  file: string;
  /** Of rows: "mindset", "sender", "advice" …; empty for a whole file. */
  list: string;
  id: string;
  base: string;
  theirs: string;
  mine: string;
}
export type Edited = Answer<"patch", "/v1/drafts/{draft_id}">;
export type Me = Answer<"get", "/v1/me">;
export type Meta = Answer<"get", "/v1/meta">;
export type Compared = Answer<"post", "/v1/content:compare">;
export type Evaluated = Answer<"post", "/v1/content:evaluate">;
export type EvaluateBody = Body<"post", "/v1/content:evaluate">;
export type Runs = Answer<"post", "/v1/content:runScenarios">;
export type Examined = Answer<"post", "/v1/content:examine">;
export type Published = Answer<"get", "/v1/versions/{number}">;
export type AuditPage = Answer<"get", "/v1/audit">;
