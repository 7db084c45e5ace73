// What became of the answers. None of it is about a member.
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Schema } from "@rightvoice/client";
import { useLanguage } from "../i18n";
import { tenant } from "./hooks";
import { api, getSession } from "./session";
import type { Answer } from "./shapes";

export type Insights = Answer<"get", "/v1/insights">;
export type Drift = Answer<"get", "/v1/insights/drift">;
export type DriftRow = Schema<"DriftRow">;
export type Reported = Schema<"WrongSenderReport">;
export type Figure = Schema<"Figure">;
export type RuleFigure = Schema<"RuleFigure">;
export type FeedbackFigure = Schema<"FeedbackFigure">;
export type Rate = Schema<"Rate">;
export type Difference = Schema<"Difference">;
export type Experiment = Schema<"Experiment">;
export type Holdout = Schema<"Holdout">;
export type DayFigure = Schema<"DayFigure">;

const scope = () => [getSession().user, getSession().tenant] as const;

/** The figures of whole months; empty days mean this month and the one before. */
export function useInsights(fromDay: string, toDay: string): UseQueryResult<Insights> {
  const { tag } = useLanguage();
  return useQuery({
    queryKey: ["insights", ...scope(), fromDay, toDay, tag],
    queryFn: ({ signal }) => api().call("get", "/v1/insights", { query: { ...tenant(), ...(fromDay && { fromDay }), ...(toDay && { toDay }), language: tag }, signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** What a version was to change against what came; 0 is the one in force. */
export function useDrift(version: number): UseQueryResult<Drift> {
  const { tag } = useLanguage();
  return useQuery({
    queryKey: ["drift", ...scope(), version, tag],
    queryFn: ({ signal }) => api().call("get", "/v1/insights/drift", { query: { ...tenant(), ...(version && { version }), language: tag }, signal }),
    staleTime: 60_000,
  });
}

/** Reports that the wrong side spoke, each as an example member. */
export function useReports(): UseQueryResult<Reported[]> {
  const { tag } = useLanguage();
  return useQuery({
    queryKey: ["reports", ...scope(), tag],
    queryFn: async ({ signal }) => (await api().call("get", "/v1/insights/reports", { query: { ...tenant(), language: tag }, signal })).reports,
    staleTime: 30_000,
  });
}
