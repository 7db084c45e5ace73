// Generated from the OpenAPI description by `make generate`. Do not edit.

export interface paths {
    "/v1/insights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was answered in a period and what was said back. */
        get: operations["InsightsService_GetInsights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/insights/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a version was to change when it was published, against what came. */
        get: operations["InsightsService_GetDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/insights/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports that the wrong side spoke, the newest first, each as an example member that a draft can take over as a scenario. */
        get: operations["InsightsService_ListReports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members:get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tells what is known about a member, as far as the asking side may see it. */
        post: operations["MemberService_GetMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members:recordFacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores what happened to up to 10,000 members. Each event is taken or refused by itself; one bad event never fails the rest. Telling the same again changes nothing, so a call that failed may be repeated whole. */
        post: operations["MemberService_RecordFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members:importFhir": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads the facts out of a FHIR R4 Bundle about one member and stores them, all or none. Over REST bundle is the Bundle itself, a JSON object; the body may have 8 MiB. */
        post: operations["MemberService_ImportFhir"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members:setChoice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stores a choice of the member: the view they want or whom they would rather hear from, a topic they do not want to hear about, a channel they do not want to be reached by; or takes one back. It holds for the next answer of every server. A choice taken back is told news as well: an older word that comes late does not bring it back.
         * @description A choice ranks below safety, consent, and the rule that care is for the provider and coverage for the plan, and above every other rule.
         */
        post: operations["MemberService_SetChoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members:forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forgets a member: facts, choices and opt-outs, shared decisions, recorded decisions and the feedback on them. Forgetting twice, or somebody nobody knows, is no error. What is told or asked afterwards is kept anew; so is the record of an answer that another server was giving meanwhile, which an outage of the store may delay: forget again after one. */
        post: operations["MemberService_ForgetMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides who should speak to one member. An emergency in the text or the facts is always answered, even when nothing else works. */
        post: operations["RecommendationService_Recommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommendations:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides for up to 1,000 members or topics. Each request gets its own decision or its own error; one bad request never fails the batch. */
        post: operations["RecommendationService_BatchRecommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommendations:explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides as Recommend does and says how. Stores nothing, counts nothing and reads no shared decision. Over REST the body is the request, as for Recommend; revision and now are query parameters. */
        post: operations["RecommendationService_Explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns a decision made earlier. */
        get: operations["RecommendationService_GetDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions:search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lists the decisions made for one member, the newest first; with an insurer as the asker, those that the insurer was the first to ask for. */
        post: operations["RecommendationService_ListDecisions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records what became of a decision. Saying the same twice counts once. */
        post: operations["RecommendationService_RecordFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The facts that rules may read, with their words. */
        get: operations["RuleService_ListFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server is and which version of the tenant is in force on it. */
        get: operations["RuleService_GetMeta"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is and what they may do. */
        get: operations["RuleService_GetMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published versions, the newest first. */
        get: operations["RuleService_ListVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One published version; number 0 is the one in force. */
        get: operations["RuleService_GetVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A content in words: rules as sentences, advice, guardrails, scenarios. */
        get: operations["RuleService_GetContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of one file of a content. */
        get: operations["RuleService_GetFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content:compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What differs between two contents: rows in words and, if asked for, exactly which members are answered differently. */
        post: operations["RuleService_CompareContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions/{number}:rollBack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes the content of an earlier version again, as a new version. One that promises members less than the one in force is NOT_APPROVED: it takes a draft begun from it, and the guardian's approval. */
        post: operations["RuleService_RollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The drafts of a tenant, the one changed last first. */
        get: operations["RuleService_ListDrafts"];
        put?: never;
        /** Begins a draft from a version. At a tenant without any version an admin, and nobody else, begins the first one: from the content of the tenant's base, or from the one that the server was given. */
        post: operations["RuleService_CreateDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One draft. */
        get: operations["RuleService_GetDraft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Does operations to a draft, all or none, and checks the result. An edit at any stage makes a draft of it again and voids its reviews. */
        patch: operations["RuleService_EditDraft"];
        trace?: never;
    };
    "/v1/drafts/{draft_id}:restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a draft a content it had before: undo, and redo. */
        post: operations["RuleService_RestoreDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a draft up to date with the version in force. */
        post: operations["RuleService_RebaseDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs check, cases and proof on a draft, or those parts that are asked for. */
        post: operations["RuleService_CheckDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs check, cases and proof on a draft and tells how far it got. The last message has the report. Over REST it is one JSON object per line. */
        post: operations["RuleService_ProveDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content:evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a question by one or several contents and says why; stores nothing. */
        post: operations["RuleService_Evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content:runScenarios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs the scenarios of a content, also on other contents. */
        post: operations["RuleService_RunScenarios"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/content:examine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finds members in a table of a content: those whom no rule fits, those whom rules with different outcomes fit, and one for a rule. Every kind of them is found, or cut says that there may be more. */
        post: operations["RuleService_ExamineContent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replays recorded decisions on a draft and on the version in force, and says how far it got. The last message has the impact. */
        post: operations["RuleService_AssessImpact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for review of a content. */
        post: operations["RuleService_SubmitDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a draft back from review. */
        post: operations["RuleService_WithdrawDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves exactly the content that was seen, and publishes it if nobody's approval is missing then and that was asked for when it was submitted: the draft is PUBLISHED then, or says in failure why not. */
        post: operations["RuleService_ApproveDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a draft back to its authors. */
        post: operations["RuleService_RejectDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:comment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says something about a draft. */
        post: operations["RuleService_CommentDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings an approved draft into force. When it answers, the version survives a crash. After UNAVAILABLE it may have happened: send the same request again. */
        post: operations["RuleService_PublishDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has an approved draft published at a time. */
        post: operations["RuleService_ScheduleDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/drafts/{draft_id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a draft from the schedule; it stays approved. */
        post: operations["RuleService_CancelDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/versions:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells of every version that comes into force on this server, beginning with the present one. Over REST it is one JSON object per line. */
        get: operations["RuleService_WatchVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the tenant lays down about publishing. */
        get: operations["RuleService_GetSettings"];
        /** Lays down whose approval drafts need, and on whose content the tenant's stands. It counts for drafts that are submitted from now on. */
        put: operations["RuleService_SetSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who changed, approved, published and was refused what, the newest first. */
        get: operations["RuleService_ListAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The Status type defines a logical error model suitable for different programming environments. */
        "google.rpc.Status": {
            /**
             * Format: int32
             * @description The status code, which should be an enum value of google.rpc.Code.
             */
            code?: number;
            /** @description A list of messages that carry the error details. */
            details?: ({
                "@type"?: string;
            } & {
                [key: string]: unknown;
            })[];
            /** @description A developer-facing error message. */
            message?: string;
        };
        /**
         * @description Admission, discharge and transfer.
         * @enum {string}
         */
        "rightvoice.v1.AdtEvent": "ADT_EVENT_UNSPECIFIED" | "ADT_EVENT_NONE" | "ADT_EVENT_ADMIT" | "ADT_EVENT_TRANSFER" | "ADT_EVENT_DISCHARGE";
        /** @description One item of the advice catalogue, in the member's language. */
        "rightvoice.v1.Advice": {
            /** @description The plan benefit the item is tied to; empty for items without a tie. */
            benefitId: string;
            /** @description The item's id ("gym", "emergency_911"). */
            id: string;
            /** @description The language of title and text, a BCP-47 tag. It differs from the one asked for where no reviewed words exist; the text then says how to get help. */
            language: string;
            /** @description Where to go next; may be empty. */
            links: components["schemas"]["rightvoice.v1.Link"][];
            /** @description Names that still stand in braces in text ("appeal_date" for {appeal_date}) and that the caller must fill before showing it. */
            placeholders: string[];
            /** @description Plain text, at a US grade 6 reading level or below. */
            text: string;
            /** @description A heading of a few words. */
            title: string;
            /** @description Which of the item's variants title and text are; empty for the base words. */
            variant: string;
        };
        /** @description One item of the advice catalogue. */
        "rightvoice.v1.AdviceItem": {
            /** @description The benefit it is tied to; empty for none. */
            benefitId: string;
            /** @description Where it is written. */
            file: string;
            /** @description Its stable id. */
            id: string;
            /**
             * Format: int32
             * @description On which line.
             */
            line: number;
            /**
             * Format: int32
             * @description Lower comes first.
             */
            rank: number;
            /** @description "provider", "insurer", "nobody" or "safety". */
            sender: string;
            /** @description Who it is for, in words. */
            sentence: components["schemas"]["rightvoice.v1.Token"][];
            /** @description What it is about. */
            topics: string[];
            /** @description Other words for the same advice, tried on a share of the members each. */
            variants: components["schemas"]["rightvoice.v1.AdviceVariant"][];
            /** @description Its words, by language. */
            words: {
                [key: string]: components["schemas"]["rightvoice.v1.AdviceWords"];
            };
        };
        /** @description Other words for an item. Nothing but words can differ. */
        "rightvoice.v1.AdviceVariant": {
            /** @description Its id, within the item. */
            id: string;
            /**
             * Format: int32
             * @description How many of a hundred members get it, 1 to 99.
             */
            percent: number;
            /** @description Its words, by language: the languages of the item. */
            words: {
                [key: string]: components["schemas"]["rightvoice.v1.AdviceWords"];
            };
        };
        /** @description The words of an item in one language. */
        "rightvoice.v1.AdviceWords": {
            /**
             * Format: double
             * @description US school grade of the text; 0 where there is no measure for the language.
             */
            grade: number;
            /** @description What is said. */
            text: string;
            /** @description A heading. */
            title: string;
        };
        /** @description One choice of words. */
        "rightvoice.v1.Arm": {
            /** @description What was said back. */
            feedback: components["schemas"]["rightvoice.v1.FeedbackFigure"];
            /** @description The variant's id; empty for the base words. */
            id: string;
            /** @description How its helpful rate differs from the base; absent for the base, and where one of both can't be shown. */
            lift?: components["schemas"]["rightvoice.v1.Difference"];
            /**
             * Format: double
             * @description Its share by the content, 0 to 1.
             */
            share: number;
        };
        /**
         * @description Which side asks. It changes the words of an answer, never who should speak: both sides get the same decision, with the same id, under the same revision.
         * @enum {string}
         */
        "rightvoice.v1.Asker": "ASKER_UNSPECIFIED" | "ASKER_INSURER" | "ASKER_PROVIDER" | "ASKER_INTEGRATED";
        /** @description How far it got, or the end. */
        "rightvoice.v1.AssessImpactResponse": {
            /** @description The end. */
            impact?: components["schemas"]["rightvoice.v1.Impact"];
            /** @description How far it got. */
            progress?: components["schemas"]["rightvoice.v1.Progress"];
        };
        /** @description The words of a set. */
        "rightvoice.v1.AttributeSet": {
            /** @description The words; order and repetition do not matter. */
            values?: string[];
        };
        /** @description The value of a fact that a revision declares itself, by the fact's type. */
        "rightvoice.v1.AttributeValue": {
            /** @description Of a yes-or-no fact. */
            boolValue?: boolean;
            /**
             * Format: double
             * @description Of a decimal, in the fact's unit, rounded to a thousandth.
             */
            decimalValue?: number;
            /** @description Of a fact that is one of a list of words. */
            enumValue?: string;
            /**
             * Format: int64
             * @description Of a whole number, in the fact's unit.
             */
            intValue?: string;
            /** @description Of a fact that is any number of a list of words; empty means known to be none. */
            setValue?: components["schemas"]["rightvoice.v1.AttributeSet"];
        };
        /** @description One thing that was done or refused. */
        "rightvoice.v1.AuditEntry": {
            /** @description "create", "edit", "submit", "approve", "publish" …; of those who may not call a method at all, its name. */
            action: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who. */
            by: string;
            /** @description The content it is about. */
            digest: string;
            /** @description The draft; empty where there is none. */
            draftId: string;
            /** @description The record's own hash, in hexadecimal. */
            hash: string;
            /**
             * Format: int64
             * @description Counts up from 1 by one.
             */
            number: number;
            /** @description Why it was not done, as in ErrorInfo; empty if it was. */
            refused: string;
            /**
             * Format: int64
             * @description The version it makes; 0 for none.
             */
            version: number;
            /** @description Of a publish that was asked for before the approval, beside by: the other one of whoever asked and whoever's approval was the last; otherwise empty. */
            with: string;
        };
        /** @description The answers to many questions. */
        "rightvoice.v1.BatchRecommendResponse": {
            /** @description One for each request, in the order of the requests. */
            results: components["schemas"]["rightvoice.v1.RecommendResult"][];
        };
        /** @description Where an answer came from. */
        "rightvoice.v1.Cache": {
            /** @description How long ago a shared answer was decided; zero otherwise. */
            age: string;
            /** @description Whether the answer was shared, and if not, why. */
            status: components["schemas"]["rightvoice.v1.Cache.Status"];
        };
        /**
         * @description Whether the answer was shared, and if not, why.
         * @enum {string}
         */
        "rightvoice.v1.Cache.Status": "STATUS_UNSPECIFIED" | "HIT" | "MISS" | "BYPASS" | "UNAVAILABLE";
        /**
         * @description Where a member stands with a care program.
         * @enum {string}
         */
        "rightvoice.v1.CareProgram": "CARE_PROGRAM_UNSPECIFIED" | "CARE_PROGRAM_NONE" | "CARE_PROGRAM_ELIGIBLE" | "CARE_PROGRAM_INVITED" | "CARE_PROGRAM_ENROLLED" | "CARE_PROGRAM_DECLINED" | "CARE_PROGRAM_GRADUATED";
        /** @description One row or file that differs between two contents. */
        "rightvoice.v1.Change": {
            /** @description The row in words after. */
            after: components["schemas"]["rightvoice.v1.Token"][];
            /** @description Its text in the file after. */
            afterText: string;
            /** @description The row in words before; empty where it was not there or is no sentence. */
            before: components["schemas"]["rightvoice.v1.Token"][];
            /** @description Its text in the file before. */
            beforeText: string;
            /** @description The file. */
            file: string;
            /** @description The id of the row; empty for a whole file. */
            id: string;
            /** @description Of rows: "mindset", "sender", "advice" …; empty for a whole file. */
            list: string;
        };
        /**
         * @description How a member is, or would be, reached.
         * @enum {string}
         */
        "rightvoice.v1.Channel": "CHANNEL_UNSPECIFIED" | "CHANNEL_INSURER_PORTAL" | "CHANNEL_PROVIDER_APP" | "CHANNEL_INSURER_CALL" | "CHANNEL_PROVIDER_CALL" | "CHANNEL_NURSE_LINE" | "CHANNEL_CHAT" | "CHANNEL_SMS" | "CHANNEL_EMAIL" | "CHANNEL_PUSH" | "CHANNEL_MAIL";
        /** @description Whether the member wants to be reached by a channel. */
        "rightvoice.v1.ChannelOptOutChange": {
            /** @description The channel. */
            channel: components["schemas"]["rightvoice.v1.OptOutChannel"];
            /** @description True for "not by this", false to take that back. */
            optedOut: boolean;
        };
        /** @description An opt-out that is in force: of a topic or of a channel. */
        "rightvoice.v1.ChosenOptOut": {
            /** @description The channel; unspecified for a topic. */
            channel: components["schemas"]["rightvoice.v1.OptOutChannel"];
            /**
             * Format: date-time
             * @description When it ends: after six years, unless it is said again.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When the member said so.
             */
            setAt: string;
            /** @description Where the member said so, as in SetChoiceRequest.source. */
            source: string;
            /** @description The side that the member told. */
            toldBy: components["schemas"]["rightvoice.v1.Asker"];
            /** @description The topic; empty for a channel. */
            topic: string;
        };
        /** @description A view that is in force. */
        "rightvoice.v1.ChosenView": {
            /** @description The view. */
            choice: components["schemas"]["rightvoice.v1.MemberChoice"];
            /**
             * Format: date-time
             * @description When it ends.
             */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When the member said so.
             */
            setAt: string;
            /** @description Where the member said so, as in SetChoiceRequest.source. */
            source: string;
            /** @description The side that the member told. */
            toldBy: components["schemas"]["rightvoice.v1.Asker"];
            /** @description The topic it is for; all that have no view of their own if empty. */
            topic: string;
        };
        /**
         * @description Something that happened to a claim.
         * @enum {string}
         */
        "rightvoice.v1.ClaimEvent": "CLAIM_EVENT_UNSPECIFIED" | "CLAIM_EVENT_NONE" | "CLAIM_EVENT_NEW_EOB" | "CLAIM_EVENT_DENIED" | "CLAIM_EVENT_PENDED" | "CLAIM_EVENT_APPEAL_OPEN" | "CLAIM_EVENT_PRIOR_AUTH_PENDING" | "CLAIM_EVENT_PRIOR_AUTH_DENIED" | "CLAIM_EVENT_BALANCE_BILL";
        /** @description What someone said about a draft. */
        "rightvoice.v1.Comment": {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who. */
            by: string;
            /** @description The content they looked at. */
            etag: string;
            /** @description The rule or file it is about; empty for the whole draft. */
            on: string;
            /** @description What. */
            text: string;
        };
        /** @description What differs. */
        "rightvoice.v1.CompareContentResponse": {
            /** @description The other side. */
            afterDigest: string;
            /** @description The one side. */
            beforeDigest: string;
            /** @description Row by row. */
            changes: components["schemas"]["rightvoice.v1.Change"][];
            /** @description Whether there are more regions than are listed. */
            cut: boolean;
            /** @description Empty unless asked for, and where no member is answered differently. */
            regions: components["schemas"]["rightvoice.v1.Region"][];
        };
        /** @description A comparison, or a group of conditions. What does not apply is empty. */
        "rightvoice.v1.Condition": {
            /** @description Of groups: all of these. */
            all?: components["schemas"]["rightvoice.v1.Condition"][];
            /** @description Of groups: any of these. */
            any?: components["schemas"]["rightvoice.v1.Condition"][];
            /** @description The fact compared; empty for groups. */
            fact?: string;
            /** @description "is", "at_most", "known" …; empty for groups. */
            operator?: string;
            /** @description The constants, as content spells them. */
            values?: string[];
        };
        /** @description Everything of one content that people look at, in words. */
        "rightvoice.v1.Content": {
            /** @description The advice catalogue. */
            advice: components["schemas"]["rightvoice.v1.AdviceItem"][];
            /** @description SHA-256 of the content in 64 hexadecimal digits: the etag of a draft. */
            digest: string;
            /** @description The files, without their texts. */
            files: string[];
            /** @description What holds for every member. */
            guardrails: components["schemas"]["rightvoice.v1.GuardrailEntry"][];
            /** @description Why parts above are missing: problems that keep the content from being read. */
            problems: components["schemas"]["rightvoice.v1.Problem"][];
            /** @description The rules of both tables, in order, default rows last in each. */
            rules: components["schemas"]["rightvoice.v1.Rule"][];
            /** @description Example members with the answer they should get. */
            scenarios: components["schemas"]["rightvoice.v1.Scenario"][];
            /** @description What members may ask about. */
            topics: components["schemas"]["rightvoice.v1.TopicEntry"][];
        };
        /** @description Names one content: a published version or a draft. Empty is the version in force. */
        "rightvoice.v1.ContentRef": {
            /** @description A draft, as it is now. */
            draftId?: string;
            /**
             * Format: int64
             * @description A published version, by number; 0 is the one in force.
             */
            version?: number;
        };
        /**
         * @description Whether the plan covers a member (FHIR Coverage.status).
         * @enum {string}
         */
        "rightvoice.v1.CoverageStatus": "COVERAGE_STATUS_UNSPECIFIED" | "COVERAGE_STATUS_ACTIVE" | "COVERAGE_STATUS_CANCELLED" | "COVERAGE_STATUS_DRAFT" | "COVERAGE_STATUS_ENTERED_IN_ERROR";
        /** @description A number of a day. */
        "rightvoice.v1.DayCount": {
            /**
             * Format: int32
             * @description How many, at least floor.
             */
            count: number;
            /** @description The day (2026-03-01, UTC). */
            day: string;
        };
        /** @description The decisions of a day. */
        "rightvoice.v1.DayFigure": {
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
            /** @description The day (2026-03-01, UTC). */
            day: string;
            /** @description By mindset. */
            mindsets: components["schemas"]["rightvoice.v1.NamedCount"][];
            /** @description By who spoke; their sum may be less than count. */
            senders: components["schemas"]["rightvoice.v1.NamedCount"][];
        };
        /** @description One answer: who should speak, about what, with which words, and why. */
        "rightvoice.v1.Decision": {
            /** @description Whether the answer was shared. */
            cache: components["schemas"]["rightvoice.v1.Cache"];
            /**
             * Format: date-time
             * @description When it was decided. For a shared decision this is before now.
             */
            decidedAt: string;
            /** @description Names this decision for GetDecision and RecordFeedback: a UUIDv7 in its usual text form. Whoever asks next about the same member and topic, with facts that no rule can tell apart, gets the same id. Empty in the answer to Explain, which stores nothing. */
            decisionId: string;
            /** @description Names of unknown facts, as in MemberContext ("coverage_status"), one of which would settle what is undetermined or was decided by a default. Best first, empty when nothing is open. */
            neededFacts: string[];
            /** @description At least one, the main one first. A question about two things has two, one for each owner; there are never more than three. */
            recommendations: components["schemas"]["rightvoice.v1.Recommendation"][];
            /** @description The revision of the rules that decided, as "r-" and 16 hexadecimal digits. Empty if there was none to decide with; only safety answers then. */
            revision: string;
            /**
             * Format: date-time
             * @description Until when it may be shown without asking again: the first moment at which a fact it rests on grows too old. The insurer's follows what the insurer may know; a decision that the insurer looks up later says decided_at, ask again.
             */
            validUntil: string;
        };
        /** @description One coded diagnosis. */
        "rightvoice.v1.Diagnosis": {
            /** @description The day it was over, as YYYY-MM-DD; not over, or unknown, if empty. */
            abated?: string;
            /** @description The code. */
            code: string;
            /** @description The day it began, as YYYY-MM-DD; unknown if empty. */
            onset?: string;
            /** @description The code system. */
            system: components["schemas"]["rightvoice.v1.Diagnosis.System"];
        };
        /**
         * @description Code systems that are understood.
         * @enum {string}
         */
        "rightvoice.v1.Diagnosis.System": "SYSTEM_UNSPECIFIED" | "ICD10CM" | "SNOMED";
        /** @description A difference of two shares with its interval. */
        "rightvoice.v1.Difference": {
            /**
             * Format: double
             * @description Its upper end.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of Newcombe's 95 % interval.
             */
            low: number;
            /**
             * Format: double
             * @description The share less the other.
             */
            value: number;
        };
        /**
         * @description Who began a contact.
         * @enum {string}
         */
        "rightvoice.v1.Direction": "DIRECTION_UNSPECIFIED" | "DIRECTION_INBOUND" | "DIRECTION_OUTBOUND";
        /** @description A change on its way. */
        "rightvoice.v1.Draft": {
            /** @description Who wrote it. */
            authors: string[];
            /**
             * Format: int64
             * @description The version it began from.
             */
            baseVersion: number;
            /** @description What people said. */
            comments: components["schemas"]["rightvoice.v1.Comment"][];
            /**
             * Format: date-time
             * @description When it was begun.
             */
            createdAt: string;
            /** @description Names it. */
            draftId: string;
            /** @description SHA-256 of its content: send it back with each change. */
            etag: string;
            /** @description Why a publish that was scheduled, or asked for before the approval, did not happen: a reason as in ErrorInfo; else empty. */
            failure: string;
            /** @description What it changes that needs the approval of a guardian (Settings.guardian): "guardrails.yaml", "policy.yaml: sms" …; the approval is among required. */
            guarded: string[];
            /**
             * Format: int64
             * @description The version in force now; another one than base_version means it has to be brought up to date before it can be published.
             */
            liveVersion: number;
            /** @description Whose approval is still missing. */
            missing: components["schemas"]["rightvoice.v1.Requirement"][];
            /** @description What the caller may do with it now. */
            permissions: components["schemas"]["rightvoice.v1.Permission"][];
            /**
             * Format: date-time
             * @description When a scheduled draft will be published.
             */
            publishAt?: string;
            /** @description What was asked for when it was submitted; absent if nothing was. */
            publishWhenApproved?: components["schemas"]["rightvoice.v1.PublishWhenApproved"];
            /** @description Whose approval it needs, known before it is submitted. */
            required: components["schemas"]["rightvoice.v1.Requirement"][];
            /** @description Verdicts; those about an earlier content are void. */
            reviews: components["schemas"]["rightvoice.v1.Review"][];
            /** @description Where it stands. */
            state: components["schemas"]["rightvoice.v1.Draft.State"];
            /** @description Every content it had, the present one last; for undo. */
            steps: components["schemas"]["rightvoice.v1.DraftStep"][];
            /** @description What was worked out when it was submitted; absent before, and after an edit. */
            summary?: components["schemas"]["rightvoice.v1.ImpactSummary"];
            /** @description A few words, by its author. */
            title: string;
            /**
             * Format: date-time
             * @description When it changed last.
             */
            updatedAt: string;
            /**
             * Format: int64
             * @description As which version it was published; 0 if it was not.
             */
            version: number;
            /** @description Of a publish that was asked for before the approval, beside whoever publishes: the other one of whoever asked and whoever's approval was the last. */
            with: string;
        };
        /**
         * @description Where a draft stands.
         * @enum {string}
         */
        "rightvoice.v1.Draft.State": "STATE_UNSPECIFIED" | "DRAFT" | "IN_REVIEW" | "APPROVED" | "SCHEDULED" | "PUBLISHED" | "ARCHIVED" | "REJECTED" | "WITHDRAWN";
        /** @description One edit of a draft. */
        "rightvoice.v1.DraftStep": {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who made it. */
            by: string;
            /** @description The content after it. */
            etag: string;
            /** @description Each operation in words. */
            says: string[];
        };
        /** @description One outcome before and after. */
        "rightvoice.v1.DriftRow": {
            /** @description Its share of the decisions since. */
            came: components["schemas"]["rightvoice.v1.Rate"];
            /** @description came less predicted; absent where one of both has no decisions. */
            drift?: components["schemas"]["rightvoice.v1.Difference"];
            /** @description Whether the interval of drift leaves out 0. */
            drifts: boolean;
            /** @description The topic in words. */
            label: string;
            /** @description The outcome ("consumer/insurer"). */
            outcome: string;
            /** @description Its share of the same decisions by the version. */
            predicted: components["schemas"]["rightvoice.v1.Rate"];
            /** @description The topic. */
            topic: string;
            /** @description Its share of the decisions before. */
            was: components["schemas"]["rightvoice.v1.Rate"];
        };
        /** @description What became of it. */
        "rightvoice.v1.EditDraftResponse": {
            /** @description The draft after the edit. */
            draft: components["schemas"]["rightvoice.v1.Draft"];
            /** @description What check says about it now. */
            problems: components["schemas"]["rightvoice.v1.Problem"][];
            /** @description The rules that were changed, in words; those that cannot be read are left out. */
            rules: components["schemas"]["rightvoice.v1.Rule"][];
        };
        /** @description One operation on a draft. Which fields count depends on do. */
        "rightvoice.v1.EditOperation": {
            /** @description Of move and insert: after the row with this id. */
            after?: string;
            /** @description Place of a condition under "when", as Token.path tells it. */
            at?: string;
            /** @description Of move and insert: before the row with this id. */
            before?: string;
            /** @description Of set_condition and add_condition. */
            condition?: components["schemas"]["rightvoice.v1.Condition"];
            /** @description "set_value", "set_condition", "add_condition", "remove_condition", "set_group", "set_key", "set_words", "pause", "resume", "duplicate", "move", "delete", "insert", "write_file", "remove_file" or "set_lines". */
            do: string;
            /** @description Of write_file, remove_file, set_lines, and insert where a list has several. */
            file?: string;
            /**
             * Format: int32
             * @description Of set_lines: the first line that is replaced, from 1.
             */
            fromLine?: number;
            /** @description Of set_key and set_words: "then", "because", "text" … */
            key?: string;
            /** @description Of set_words: a BCP-47 tag. */
            language?: string;
            /** @description Of set_lines: what stands there instead. */
            lines?: string[];
            /** @description Of rows: "mindset", "sender", "advice", "cases", "guardrails" or "topics". */
            list?: string;
            /** @description The id of the row. */
            row?: string;
            /** @description Words; the YAML of a row for insert; a whole file for write_file. */
            text?: string;
            /** @description Of move and insert: first in its list. */
            top?: boolean;
            /**
             * Format: int32
             * @description Of set_lines: the first line that stays.
             */
            untilLine?: number;
            /** @description Of set_key, set_group, pause and duplicate. */
            value?: string;
            /** @description Constants, as content spells them: "14 days", "sleep". */
            values?: string[];
        };
        /**
         * @description The class of care in progress (HL7 v3 ActCode).
         * @enum {string}
         */
        "rightvoice.v1.EncounterClass": "ENCOUNTER_CLASS_UNSPECIFIED" | "ENCOUNTER_CLASS_NONE" | "ENCOUNTER_CLASS_AMB" | "ENCOUNTER_CLASS_EMER" | "ENCOUNTER_CLASS_IMP" | "ENCOUNTER_CLASS_ACUTE" | "ENCOUNTER_CLASS_NONAC" | "ENCOUNTER_CLASS_OBSENC" | "ENCOUNTER_CLASS_SS" | "ENCOUNTER_CLASS_VR" | "ENCOUNTER_CLASS_HH" | "ENCOUNTER_CLASS_PRENC";
        /** @description How contents would answer. */
        "rightvoice.v1.EvaluateResponse": {
            /** @description One for each content, in the order asked. */
            evaluations: components["schemas"]["rightvoice.v1.Evaluation"][];
        };
        /** @description How one content answers. */
        "rightvoice.v1.Evaluation": {
            /** @description The answer; its id is empty. */
            decision: components["schemas"]["rightvoice.v1.Decision"];
            /** @description The content. */
            digest: string;
            /** @description The facts that took part. */
            facts: components["schemas"]["rightvoice.v1.FactRead"][];
            /** @description Why there is no answer: the content can not be read. */
            problems: components["schemas"]["rightvoice.v1.Problem"][];
            /** @description How it came about, one for each recommendation. */
            traces: components["schemas"]["rightvoice.v1.TopicTrace"][];
        };
        /** @description Members of a table. */
        "rightvoice.v1.ExamineContentResponse": {
            /** @description Whether there may be more than is listed. */
            cut: boolean;
            /** @description The content. */
            digest: string;
            /** @description By topic, in the order of the content. */
            gaps: components["schemas"]["rightvoice.v1.TableGap"][];
            /** @description By the first rule, in the order of the table. */
            overlaps: components["schemas"]["rightvoice.v1.RuleOverlap"][];
            /** @description One for each rule asked for, in the order asked. */
            rules: components["schemas"]["rightvoice.v1.RuleExample"][];
        };
        /** @description A member of whom nothing is known but what it takes to show something. */
        "rightvoice.v1.Example": {
            /** @description The question, for Evaluate. */
            request: components["schemas"]["rightvoice.v1.RecommendRequest"];
            /** @description The member and how they are answered, told as a short story. */
            story: string;
        };
        /** @description An item whose words come in variants. */
        "rightvoice.v1.Experiment": {
            /** @description The item. */
            adviceId: string;
            /** @description The base words first, then the variants in their order. */
            arms: components["schemas"]["rightvoice.v1.Arm"][];
            /** @description Whether the version in force has it. */
            inForce: boolean;
            /** @description Its title. */
            label: string;
        };
        /** @description An answer, and how it came about. */
        "rightvoice.v1.ExplainResponse": {
            /** @description What Recommend would answer, without an id. */
            decision: components["schemas"]["rightvoice.v1.Decision"];
            /** @description What the rules that were looked at depend on. */
            factsRead: components["schemas"]["rightvoice.v1.FactRead"][];
            /** @description How each recommendation came about, in the same order. */
            topics: components["schemas"]["rightvoice.v1.TopicTrace"][];
        };
        /** @description One fact that rules may read, with everything an editor shows of it. */
        "rightvoice.v1.FactEntry": {
            /** @description What it is for. */
            description: string;
            /** @description Where it stands in lists ("acute", "coverage", "derived"). */
            group: string;
            /** @description The name in words. */
            label: string;
            /** @description Of numbers: the greatest value, as content spells it. */
            max: string;
            /** @description After how long a stored one is unknown, in words. */
            maxAge: string;
            /** @description Of numbers: the least value, as content spells it. */
            min: string;
            /** @description As in MemberContext and in rules ("hours_since_acute_care"). */
            name: string;
            /** @description The comparisons that make sense for it, the usual one first. */
            operators: components["schemas"]["rightvoice.v1.FactOperator"][];
            /** @description Whether content declares it. */
            own: boolean;
            /** @description How sensitive it is: "none", "identifier", "demographic", "phi" or "sensitive". */
            privacy: string;
            /** @description Who may read it: "mindset", "sender", "advice", "policy", "text", "safety". */
            readers: string[];
            /** @description Other words people look for it by. */
            synonyms: string[];
            /** @description "bool", "enum", "set", "int", "decimal" or "opaque". */
            type: string;
            /** @description Of numbers: "hours", "days", "usd" …; otherwise empty. */
            unit: string;
            /** @description Of enums and sets: what it may be. */
            values: components["schemas"]["rightvoice.v1.FactWord"][];
        };
        /** @description What one source knew about one member at one moment. It tells something, or takes something back. */
        "rightvoice.v1.FactEvent": {
            /**
             * Format: date-time
             * @description When all of this was true: the moment elapsed times are counted to, and what decides which of two events is newer. From 1970 to now; a clock may be five minutes fast.
             */
            asOf: string;
            /** @description Facts that the revision in force declares itself, by name. */
            attributes?: {
                [key: string]: components["schemas"]["rightvoice.v1.AttributeValue"];
            };
            /** @description The facts. Those that belong to one contact (viewer_role, channel, direction, text_intent, text_red_flag, local_hour) are refused: they come with the question. member_choice belongs to SetChoice. */
            context?: components["schemas"]["rightvoice.v1.MemberContext"];
            /** @description Diagnoses; they are read for acute and long-term illness and then dropped. They add to those told before, in whatever order they come. What is acute by one with an onset holds until 42 days (for a symptom 14) from the onset are over, or the diagnosis abates; by one without, as long as the catalogue says. One that is over takes nothing back: say acute_dx_active false for that. chronic_dx in context replaces the conditions that were told before as_of. */
            diagnoses?: components["schemas"]["rightvoice.v1.Diagnosis"][];
            /** @description How long the facts hold from as_of on, where that is shorter than they would hold without it: values for the age that the fact catalogue says; elapsed times (hours_since_acute_care, new_rx_days, ...) until the count leaves the range of the fact, and two years at most, because they are kept as the moment they count from, which does not change. */
            maxAge?: string;
            /** @description The caller's opaque id of the member. */
            memberRef: string;
            /** @description Names of facts, as in MemberContext ("chronic_dx"), that are taken back: what was told of them before as_of no longer counts, and they are unknown. */
            retract?: string[];
            /** @description The feed, as in "adt" or "claims": a name of the caller's own, shown by GetMember. Not the place for anything about the member. */
            source: string;
            /** @description The member's time zone by its IANA name ("America/Chicago"): days are counted and quiet hours kept by it. Nothing is told of it if empty. */
            timeZone?: string;
        };
        /** @description One comparison of a fact with constants. */
        "rightvoice.v1.FactOperator": {
            /** @description As content spells it: "is", "at_most", "includes_any_of" … */
            id: string;
            /** @description In words. */
            label: string;
            /**
             * Format: int32
             * @description How many constants it takes at most.
             */
            maxValues: number;
            /**
             * Format: int32
             * @description How many constants it takes at least.
             */
            minValues: number;
        };
        /** @description A fact that took part in a decision, known or not. */
        "rightvoice.v1.FactRead": {
            /** @description Whether it is known; a comparison on an unknown fact fails. */
            known: boolean;
            /** @description The name in words. */
            label: string;
            /** @description As in MemberContext ("hours_since_acute_care"). */
            name: string;
            /** @description The value in words, with its unit. Empty if it is not known, or if it was stored by the other side and is not for the asking side to see. */
            value: string;
        };
        /** @description The value of a known fact, by the fact's type. Words are those of the fact catalogue ("discharge", "diabetes"). */
        "rightvoice.v1.FactValue": {
            /** @description Of a yes-or-no fact. */
            boolValue?: boolean;
            /** @description Of a fact that is one of a list of words. */
            enumValue?: string;
            /**
             * Format: double
             * @description Of a number, in the fact's unit.
             */
            numberValue?: number;
            /** @description Of a fact that is any number of a list of words. */
            setValue?: components["schemas"]["rightvoice.v1.FactWords"];
        };
        /** @description One value of a fact. */
        "rightvoice.v1.FactWord": {
            /** @description As content spells it. */
            id: string;
            /** @description In words. */
            label: string;
        };
        /** @description The words of a set. */
        "rightvoice.v1.FactWords": {
            /** @description The words, in the order of the catalogue. None means known to be none. */
            values: string[];
        };
        /** @description A case that gets another answer than it expects. */
        "rightvoice.v1.FailedCase": {
            /** @description What it shows. */
            about: string;
            /** @description Where it is written. */
            file: string;
            /** @description Its id. */
            id: string;
            /**
             * Format: int32
             * @description On which line.
             */
            line: number;
            /** @description What is wrong, a sentence each. */
            wrong: string[];
        };
        /** @description What was said back about answers that have something in common. Each decision, item and kind is counted once. */
        "rightvoice.v1.FeedbackFigure": {
            /** @description Of those not accepted, where they can be told apart: "dismissed", "overridden", "wrong_sender". */
            against: components["schemas"]["rightvoice.v1.NamedCount"][];
            /** @description "rule", "advice", "sender", "topic", "language", "revision" or "variant"; empty on the whole. */
            by: string;
            /** @description The share that was accepted, of all that was accepted, dismissed, overridden or said to be from the wrong side. */
            helpful: components["schemas"]["rightvoice.v1.Rate"];
            /** @description Its id; of variants, empty for the base words. */
            id: string;
            /** @description In words. */
            label: string;
            /** @description Of rules: "mindset" or "sender"; of variants: the item. */
            of: string;
            /**
             * Format: int32
             * @description Times that members saw it; 0 if it can't be shown.
             */
            shown: number;
        };
        /**
         * @description What became of a decision.
         * @enum {string}
         */
        "rightvoice.v1.FeedbackKind": "FEEDBACK_KIND_UNSPECIFIED" | "FEEDBACK_KIND_SHOWN" | "FEEDBACK_KIND_ACCEPTED" | "FEEDBACK_KIND_DISMISSED" | "FEEDBACK_KIND_OVERRIDDEN" | "FEEDBACK_KIND_WRONG_SENDER";
        /** @description How many decisions have something in common. */
        "rightvoice.v1.Figure": {
            /**
             * Format: int32
             * @description How many, at least floor.
             */
            count: number;
            /** @description By day, in order; their sum may be less than count, as some are only known to have been in the period. */
            days: components["schemas"]["rightvoice.v1.DayCount"][];
            /** @description Of what it is about: a topic, sender or mindset. */
            id: string;
            /** @description In words. */
            label: string;
        };
        /** @description One thing the proof found. */
        "rightvoice.v1.Finding": {
            /** @description "dead-rule", "tier-conflict", "guardrail-broken", "never-given" or "undetermined". */
            code: string;
            /** @description The rules and advice that it is about, as list and id ("mindset/new-drug"): its own, the others, and those that answer the members of its stories. */
            concerns: string[];
            /** @description The first day on which it is so. */
            day: string;
            /** @description The file it points to. */
            file: string;
            /** @description Ways to end it, the best first. Each was proved to end it. */
            fixes: components["schemas"]["rightvoice.v1.Fix"][];
            /** @description Of the rule, guardrail or item. */
            id: string;
            /**
             * Format: int32
             * @description On which line.
             */
            line: number;
            /** @description A plain sentence. */
            message: string;
            /** @description Rules that cover a dead one, or that a rule disagrees with. */
            others: string[];
            /** @description Members that show it, each told as a short story. */
            stories: string[];
            /** @description Of rules: "mindset" or "sender". */
            table: string;
            /** @description A few words for all findings of its code. */
            title: string;
        };
        /** @description A way to end a finding. */
        "rightvoice.v1.Fix": {
            /** @description The rules and advice that it changes, as list and id. */
            changes: string[];
            /** @description The operations that do it, for EditDraft. */
            operations: components["schemas"]["rightvoice.v1.EditOperation"][];
            /** @description What to do, in words. */
            says: string;
        };
        /** @description The answer to ForgetMember: nothing is left. It does not tell whether there was something. */
        "rightvoice.v1.ForgetMemberResponse": Record<string, unknown>;
        /** @description A topic that got no advice. */
        "rightvoice.v1.Gap": {
            /**
             * Format: int32
             * @description All decisions about it that are in the figures.
             */
            asked: number;
            /**
             * Format: int32
             * @description Decisions about it without advice.
             */
            count: number;
            /** @description By day, as of Figure. */
            days: components["schemas"]["rightvoice.v1.DayCount"][];
            /** @description In words. */
            label: string;
            /** @description Whether the catalogue of the version in force has no item at all for the topic. */
            noItems: boolean;
            /**
             * Format: int32
             * @description Of these, decisions that nobody speaks.
             */
            nobody: number;
            /** @description The topic. */
            topic: string;
        };
        /** @description What a version was to change against what came. */
        "rightvoice.v1.GetDriftResponse": {
            /**
             * Format: date-time
             * @description When it was published.
             */
            at: string;
            /**
             * Format: int32
             * @description Decisions of the 28 days before it, on which the prediction rests.
             */
            before: number;
            /** @description Whether this server records decisions. If not, nothing is known. */
            logged: boolean;
            /** @description Of before, the decisions that it answers differently. */
            predictedChanged: components["schemas"]["rightvoice.v1.Rate"];
            /** @description Outcome by outcome, the one that drifts most first. */
            rows: components["schemas"]["rightvoice.v1.DriftRow"][];
            /** @description What it means, in a sentence. */
            says: string;
            /**
             * Format: int32
             * @description Decisions by it since.
             */
            since: number;
            /**
             * Format: int64
             * @description The version.
             */
            version: number;
        };
        /** @description A file. */
        "rightvoice.v1.GetFileResponse": {
            /** @description SHA-256 of the content it is part of. */
            digest: string;
            /** @description All of it. */
            text: string;
        };
        /** @description The figures of a period. */
        "rightvoice.v1.GetInsightsResponse": {
            /** @description Whether the store of counts answered. If not, feedback is missing. */
            counted: boolean;
            /** @description Decisions by day, in order. Days without any that can be shown are left out. */
            days: components["schemas"]["rightvoice.v1.DayFigure"][];
            /**
             * Format: int32
             * @description Decisions that are in the figures, one for each topic that was answered.
             */
            decisions: number;
            /** @description Items with variants of their words, and how these do against the base. */
            experiments: components["schemas"]["rightvoice.v1.Experiment"][];
            /** @description What was said back, on the whole. */
            feedback: components["schemas"]["rightvoice.v1.FeedbackFigure"];
            /** @description What was said back: by "rule", "advice", "sender", "topic", "language", "revision" and "variant", in this order, the most first in each. */
            feedbackBy: components["schemas"]["rightvoice.v1.FeedbackFigure"][];
            /**
             * Format: int32
             * @description The least of a group that is shown.
             */
            floor: number;
            /** @description The first day that is counted: the first of its month. */
            fromDay: string;
            /** @description Topics that members asked about and that got no advice, most first. */
            gaps: components["schemas"]["rightvoice.v1.Gap"][];
            /** @description The holdout in force; absent if there is none. */
            holdout?: components["schemas"]["rightvoice.v1.Holdout"];
            /** @description Whether this server records decisions. If not, there is feedback only. */
            logged: boolean;
            /**
             * Format: int32
             * @description Feedback that was not counted because the store of counts did not answer, since this server started.
             */
            lost: number;
            /** @description Decisions by mindset: "patient", "consumer" or "undetermined". */
            mindsets: components["schemas"]["rightvoice.v1.Figure"][];
            /** @description Rules in force that decided nothing in the period. */
            neverHit: components["schemas"]["rightvoice.v1.RuleFigure"][];
            /** @description Why nobody spoke, by the rule that said so. */
            nobody: components["schemas"]["rightvoice.v1.RuleFigure"][];
            /** @description Decisions by the rule that decided, of both tables. */
            rules: components["schemas"]["rightvoice.v1.RuleFigure"][];
            /** @description Decisions by who spoke: "provider", "insurer", "nobody" or "safety". */
            senders: components["schemas"]["rightvoice.v1.Figure"][];
            /** @description The last day that is counted: the last of its month, or today. */
            toDay: string;
            /** @description Decisions by topic. */
            topics: components["schemas"]["rightvoice.v1.Figure"][];
        };
        /** @description Who the caller is. */
        "rightvoice.v1.GetMeResponse": {
            /** @description Capacities that they may approve and reject in at the tenant: "clinical", "legal" …; "*" for any. */
            capacities: string[];
            /** @description As the audit names them. */
            name: string;
            /** @description Whether this server asks nobody who they are: callers then name themselves by the header x-rightvoice-user, or are "local". */
            open: boolean;
            /** @description What they may do at the tenant. */
            permissions: components["schemas"]["rightvoice.v1.Permission"][];
            /** @description Roles at the tenant: "viewer", "author", "approver", "publisher", "admin", "evaluator", "auditor". */
            roles: string[];
            /** @description Tenants whose rules they may look at. */
            tenants: string[];
        };
        /** @description The answer to GetMember. It is the same for a member nobody told about and for one of whom the asking side may see nothing. */
        "rightvoice.v1.GetMemberResponse": {
            /** @description What the member chose. */
            choices: components["schemas"]["rightvoice.v1.MemberChoices"];
            /** @description The facts that hold now, by name. Of several sources that tell one, the newest that the asking side may see. */
            facts: components["schemas"]["rightvoice.v1.KnownFact"][];
            /** @description The member's time zone by its IANA name; empty if it is not known. */
            timeZone: string;
        };
        /** @description What this server is. */
        "rightvoice.v1.GetMetaResponse": {
            /** @description Names the build of the program. */
            build: string;
            /** @description Languages that content has words in. */
            languages: string[];
            /** @description Whether content is changed elsewhere, so that drafts are not possible. */
            readOnly: boolean;
            /** @description The revision in force here. */
            revision: string;
            /** @description Whether it answers by the last version that was kept here, because it could not yet look for a newer one. */
            stale: boolean;
            /**
             * Format: int64
             * @description The version in force here; 0 before the first.
             */
            version: number;
        };
        /** @description A version, as it was published. */
        "rightvoice.v1.GetVersionResponse": {
            /** @description What it changed, from the version before, in the words of then. */
            changes: components["schemas"]["rightvoice.v1.Change"][];
            /** @description What people said about its draft, until it was published. */
            comments: components["schemas"]["rightvoice.v1.Comment"][];
            /** @description Whom it answers differently from the version before, as it was worked out when it was submitted, without samples; absent where that was not kept. */
            impact?: components["schemas"]["rightvoice.v1.Impact"];
            /** @description What let it pass, as it was then. */
            report: components["schemas"]["rightvoice.v1.Report"];
            /** @description The version. */
            version: components["schemas"]["rightvoice.v1.Version"];
        };
        /** @description One guardrail: a sentence that holds for every possible member. */
        "rightvoice.v1.GuardrailEntry": {
            /** @description "table" (proved), "lint", "run_time" or "later". */
            heldBy: string;
            /** @description Its id ("G05"). */
            id: string;
            /** @description What it says, in words. */
            says: string;
        };
        /** @description How one guardrail stands. */
        "rightvoice.v1.GuardrailState": {
            /** @description Its id. */
            id: string;
            /** @description What it says. */
            says: string;
            /** @description "proved", "broken", "undetermined", "lint", "run_time" or "later". */
            state: string;
        };
        /** @description An item of advice that fits and is held back. */
        "rightvoice.v1.HeldItem": {
            /** @description Why, as a code. */
            code: string;
            /** @description Its id. */
            id: string;
        };
        /** @description Members to whom advice is not offered, to see what it does. */
        "rightvoice.v1.Holdout": {
            /** @description Decisions with advice that was held back, and those of them that the member took up by themselves. */
            heldBack: components["schemas"]["rightvoice.v1.Rate"];
            /** @description Names it: members keep their side as long as it is the same. */
            id: string;
            /** @description offered less held_back; absent where one of both can't be shown. */
            lift?: components["schemas"]["rightvoice.v1.Difference"];
            /** @description Decisions with advice that was offered, and those of them that the member took up. */
            offered: components["schemas"]["rightvoice.v1.Rate"];
            /**
             * Format: double
             * @description The share of members, 0 to 1.
             */
            share: number;
            /** @description The topics it is about. */
            topics: string[];
        };
        /** @description A resource, or a part of one, that was left out. */
        "rightvoice.v1.IgnoredResource": {
            /** @description Why, as a stable code ("unknown_code", "future"). */
            code: string;
            /** @description The field within it; empty for the whole resource. */
            field: string;
            /** @description "Condition/123", or the type alone. */
            resource: string;
        };
        /** @description Whom a draft would answer differently. */
        "rightvoice.v1.Impact": {
            /**
             * Format: date-time
             * @description Of a version, when this was worked out; it stays as it was.
             */
            assessedAt?: string;
            /**
             * Format: int32
             * @description Of these, answered differently.
             */
            changed: number;
            /** @description Whether recorded decisions were replayed. If not, recorded, changed and unsettled are 0 and say nothing. */
            counted: boolean;
            /** @description The draft it is about. */
            draftDigest: string;
            /**
             * Format: int32
             * @description Decisions that were never written down because too many came at once, since this server started.
             */
            dropped: number;
            /** @description The version in force it is compared with. */
            liveDigest: string;
            /** @description Whether decisions are recorded here. If not, nothing is counted, and regions tell all there is to know. */
            logged: boolean;
            /** @description Facts that a draft reads and that were not recorded. */
            notRecorded: string[];
            /**
             * Format: int32
             * @description Decisions that were replayed.
             */
            recorded: number;
            /** @description Exactly who is answered differently, with counts; also those never seen in traffic. */
            regions: components["schemas"]["rightvoice.v1.Region"][];
            /** @description Whether there are more regions than are listed. */
            regionsCut: boolean;
            /** @description Some of them, to try. */
            samples: components["schemas"]["rightvoice.v1.ImpactSample"][];
            /** @description From one outcome to another, the most first. */
            shifts: components["schemas"]["rightvoice.v1.Shift"][];
            /**
             * Format: int32
             * @description Of these, decisions that the log knows too little of to say.
             */
            unsettled: number;
        };
        /** @description One recorded decision that would be another. */
        "rightvoice.v1.ImpactSample": {
            /** @description The outcome after. */
            after: string;
            /** @description The outcome before. */
            before: string;
            /** @description The question, for Evaluate; facts only. */
            request: components["schemas"]["rightvoice.v1.RecommendRequest"];
            /** @description The member, told as a short story. */
            story: string;
        };
        /** @description The figures of what was worked out about a content when it was submitted. They are kept with the version and never worked out anew. */
        "rightvoice.v1.ImpactSummary": {
            /**
             * Format: date-time
             * @description When.
             */
            assessedAt: string;
            /**
             * Format: int32
             * @description Scenarios that were asked; all answered as they should.
             */
            cases: number;
            /**
             * Format: int32
             * @description Of these, answered differently.
             */
            changed: number;
            /**
             * Format: int32
             * @description Rows and files that differ.
             */
            changes: number;
            /** @description Whether they were replayed. If not, the next three say nothing. */
            counted: boolean;
            /**
             * Format: int32
             * @description Guardrails that were checked over every word.
             */
            lint: number;
            /** @description Whether decisions are recorded here. */
            logged: boolean;
            /**
             * Format: int32
             * @description Guardrails that were proved for every member.
             */
            proved: number;
            /**
             * Format: int32
             * @description Decisions that were replayed.
             */
            recorded: number;
            /**
             * Format: int32
             * @description Kinds of members who are answered differently.
             */
            regions: number;
            /** @description Whether there may be more regions. */
            regionsCut: boolean;
            /**
             * Format: int32
             * @description Guardrails that are kept while answering.
             */
            runTime: number;
            /**
             * Format: int32
             * @description Of these, such as were never seen in recorded decisions.
             */
            unseenRegions: number;
            /**
             * Format: int32
             * @description Of these, decisions that the log knows too little of to say.
             */
            unsettled: number;
        };
        /** @description The answer to ImportFhir. */
        "rightvoice.v1.ImportFhirResponse": {
            /** @description The facts that were read and stored, whether or not something newer counts. */
            facts: components["schemas"]["rightvoice.v1.ImportedFact"][];
            /** @description What was left out, and why, in the order it was met: at most 1,000. Nothing in it is a value of the bundle. */
            ignored: components["schemas"]["rightvoice.v1.IgnoredResource"][];
            /**
             * Format: int32
             * @description How many more were left out.
             */
            ignoredMore: number;
        };
        /** @description A fact that was read out of a bundle. Its value is for GetMember to tell. */
        "rightvoice.v1.ImportedFact": {
            /**
             * Format: date-time
             * @description When it was true.
             */
            asOf: string;
            /** @description The resources it comes from ("Encounter/123"), at most 20. */
            from: string[];
            /** @description As in MemberContext ("hours_since_acute_care"). */
            name: string;
            /** @description True if it is too old to count. */
            older: boolean;
        };
        /** @description A fact that is known about a member, and how. */
        "rightvoice.v1.KnownFact": {
            /**
             * Format: date-time
             * @description When it was true, as the source said.
             */
            asOf: string;
            /**
             * Format: date-time
             * @description When it counts as unknown; absent if it holds until something newer is told.
             */
            expiresAt?: string;
            /** @description As in MemberContext ("hours_since_acute_care"), or the name of a fact that the revision in force declares itself. */
            name: string;
            /** @description The feed that told it. */
            source: string;
            /** @description The side that told it. */
            toldBy: components["schemas"]["rightvoice.v1.Asker"];
            /** @description Its value now: elapsed times have gone on since as_of. */
            value: components["schemas"]["rightvoice.v1.FactValue"];
        };
        /**
         * @description The kind of plan.
         * @enum {string}
         */
        "rightvoice.v1.LineOfBusiness": "LINE_OF_BUSINESS_UNSPECIFIED" | "LINE_OF_BUSINESS_EMPLOYER" | "LINE_OF_BUSINESS_INDIVIDUAL_EXCHANGE" | "LINE_OF_BUSINESS_MEDICARE_ADVANTAGE" | "LINE_OF_BUSINESS_MEDICAID" | "LINE_OF_BUSINESS_CHIP" | "LINE_OF_BUSINESS_FFS_MEDICARE" | "LINE_OF_BUSINESS_SELF_FUNDED" | "LINE_OF_BUSINESS_OTHER";
        /** @description Somewhere to go from an advice item. */
        "rightvoice.v1.Link": {
            /** @description The words to show, in the advice's language. */
            label: string;
            /** @description An absolute URL, a tel: number, or a path on the asking side's own site. */
            url: string;
        };
        /** @description A page of the audit log. */
        "rightvoice.v1.ListAuditResponse": {
            /** @description The newest first. */
            entries: components["schemas"]["rightvoice.v1.AuditEntry"][];
            /** @description Empty at the end. */
            nextPageToken: string;
        };
        /** @description One page of decisions. */
        "rightvoice.v1.ListDecisionsResponse": {
            /** @description The newest first. */
            decisions: components["schemas"]["rightvoice.v1.Decision"][];
            /** @description To ask for the next page; empty after the last. */
            nextPageToken: string;
        };
        /** @description The drafts. */
        "rightvoice.v1.ListDraftsResponse": {
            /** @description The one changed last first. */
            drafts: components["schemas"]["rightvoice.v1.Draft"][];
        };
        /** @description The facts. */
        "rightvoice.v1.ListFactsResponse": {
            /** @description In the order of the catalogue. */
            facts: components["schemas"]["rightvoice.v1.FactEntry"][];
        };
        /** @description Reports. */
        "rightvoice.v1.ListReportsResponse": {
            /** @description The one made last first; reports about the same are one, and so are those of a topic and rules whose facts too few members share. */
            reports: components["schemas"]["rightvoice.v1.WrongSenderReport"][];
        };
        /** @description A page of the history. */
        "rightvoice.v1.ListVersionsResponse": {
            /** @description Empty at the end. */
            nextPageToken: string;
            /** @description The newest first. */
            versions: components["schemas"]["rightvoice.v1.Version"][];
        };
        /**
         * @description The view a member chose.
         * @enum {string}
         */
        "rightvoice.v1.MemberChoice": "MEMBER_CHOICE_UNSPECIFIED" | "MEMBER_CHOICE_AUTO" | "MEMBER_CHOICE_PATIENT" | "MEMBER_CHOICE_CONSUMER";
        /** @description What a member chose and has not taken back. */
        "rightvoice.v1.MemberChoices": {
            /** @description Channels the member does not want to be reached by. */
            optOutChannels: components["schemas"]["rightvoice.v1.OptOutChannel"][];
            /** @description Topics the member does not want to hear about. */
            optOutTopics: string[];
            /** @description The same topics and channels with where and when the member said so. */
            optOuts: components["schemas"]["rightvoice.v1.ChosenOptOut"][];
            /** @description The views, the one for all topics first. */
            views: components["schemas"]["rightvoice.v1.ChosenView"][];
        };
        /** @description What the caller knows about the member now. Every field is optional, and one that is left out is unknown, which is never the same as false, zero or none. Facts that were stored about the member earlier count where a field is left out and the stored fact is not too old.  The names are those of the fact catalogue; rules, reasons and Decision.needed_facts use them too. A vocabulary that plans extend (topics, benefits, conditions, care gaps, page groups, call reasons) is given as lower-snake strings, and a word that the revision in force does not know is refused with the path of its field. */
        "rightvoice.v1.MemberContext": {
            /**
             * Format: double
             * @description Hemoglobin A1c in percent, rounded to a thousandth.
             */
            a1cPct?: number;
            /**
             * Format: int32
             * @description Days since a test result out of range.
             */
            abnormalResultDays?: number;
            /** @description Whether an acute illness is not over. */
            acuteDxActive?: boolean;
            /**
             * Format: int32
             * @description Days since that illness began.
             */
            acuteDxOnsetDays?: number;
            /** @description Admitted, moved or sent home in the last three days. */
            adtEvent?: components["schemas"]["rightvoice.v1.AdtEvent"];
            /**
             * Format: int32
             * @description Days since advice on this topic was last sent.
             */
            adviceLastSentDays?: number;
            /**
             * Format: int32
             * @description Age in years. It gates benefits and guards minors; it never weighs mindset.
             */
            ageYears?: number;
            /** @description Benefits the member has ("gym", "sleep_program"): the tie without which the insurer gives no advice. */
            benefitAvailable?: string[];
            /**
             * Format: double
             * @description Body mass index in kg/m², rounded to a thousandth.
             */
            bmi?: number;
            /**
             * Format: int32
             * @description Systolic blood pressure in mmHg.
             */
            bpSystolic?: number;
            /** @description Why the member called, in the last three days ("pharmacy", "id_card"). */
            callReason?: string;
            /** @description Care that is due, by HEDIS measure ("COL"), as the revision spells it. */
            careGap?: string[];
            /** @description Where the member stands with a care program. */
            careProgram?: components["schemas"]["rightvoice.v1.CareProgram"];
            /** @description How the member is, or would be, reached. */
            channel?: components["schemas"]["rightvoice.v1.Channel"];
            /** @description Long-term conditions ("diabetes", "asthma"). */
            chronicDx?: string[];
            /** @description Whether a long-term illness got suddenly worse. */
            chronicFlareRecent?: boolean;
            /** @description Something that happened to a claim in the last three days. */
            claimEvent?: components["schemas"]["rightvoice.v1.ClaimEvent"];
            /** @description Whether the member asked for messages by a route of their own, to them alone. */
            confidentialChannel?: boolean;
            /** @description Whether the plan covers the member. Anything but active means no benefit. */
            coverageStatus?: components["schemas"]["rightvoice.v1.CoverageStatus"];
            /**
             * Format: int32
             * @description Days since the member joined the plan.
             */
            daysSinceEnrolment?: number;
            /**
             * Format: int32
             * @description Days since a visit for a symptom or problem.
             */
            daysSinceProblemVisit?: number;
            /**
             * Format: int32
             * @description US dollars left to pay before the plan pays more.
             */
            deductibleLeftUsd?: number;
            /** @description Who began. Outbound messages need consent, caps and hours. */
            direction?: components["schemas"]["rightvoice.v1.Direction"];
            /** @description Care in progress (FHIR Encounter.class). */
            encounterClassNow?: components["schemas"]["rightvoice.v1.EncounterClass"];
            /**
             * Format: int32
             * @description Hours since leaving an emergency room, a hospital bed or observation.
             */
            hoursSinceAcuteCare?: number;
            /** @description Whether an injury is under active care. */
            injuryDxRecent?: boolean;
            /** @description Names of the lists above that are known to be empty ("benefit_available": the member has no benefit). A list that is empty and not named here is unknown; naming one that has elements is refused. */
            knownEmpty?: string[];
            /** @description The kind of plan, which decides the marketing and reward rules that apply. */
            lineOfBusiness?: components["schemas"]["rightvoice.v1.LineOfBusiness"];
            /**
             * Format: int32
             * @description The hour where the member is, 0 to 23.
             */
            localHour?: number;
            /** @description Whether the member authorized messages that a third party pays for (45 CFR 164.508). */
            marketingAuthorization?: boolean;
            /** @description The view the member chose. It stands in for the mindset table. */
            memberChoice?: components["schemas"]["rightvoice.v1.MemberChoice"];
            /**
             * Format: int32
             * @description Days since a drug new to the member was prescribed.
             */
            newRxDays?: number;
            /**
             * Format: int32
             * @description Days since a serious illness was found.
             */
            newSeriousDxDays?: number;
            /** @description Channels the member asked not to be reached by. */
            optOutChannels?: components["schemas"]["rightvoice.v1.OptOutChannel"][];
            /** @description Topics the member asked not to hear about. */
            optOutTopics?: string[];
            /** @description Groups of pages seen in the last day ("deductible", "symptom_checker"). */
            pageGroup?: string[];
            /** @description Consent to use substance-use records (42 CFR Part 2). Without it such facts are dropped before anything reads them. */
            part2Consent?: components["schemas"]["rightvoice.v1.Part2Consent"];
            /** @description Whether the member is known to have a doctor of their own. */
            pcpKnown?: boolean;
            /** @description Pregnancy. It opens the maternity benefit; it never weighs mindset. */
            pregnancy?: components["schemas"]["rightvoice.v1.Pregnancy"];
            /**
             * Format: int32
             * @description The US school grade the member reads at with ease.
             */
            readingOkLevel?: number;
            /** @description How long that drug is meant to be taken. */
            rxCourse?: components["schemas"]["rightvoice.v1.RxCourse"];
            /** @description Sensitive topics the member lets be shown outside their own login. */
            sensitiveTopicsShareable?: components["schemas"]["rightvoice.v1.SensitiveTopic"][];
            /** @description An operation within 30 days, before or after. */
            surgeryPhase?: components["schemas"]["rightvoice.v1.SurgeryPhase"];
            /** @description What the member's words are about, where the caller has its own classifier. Left out, it is read from RecommendRequest.text. */
            textIntent?: components["schemas"]["rightvoice.v1.TextIntent"];
            /** @description Emergency signs the caller has noticed ("chest_pain", "suicide"). Those found in text and diagnoses are added; none is ever taken away. */
            textRedFlag?: string[];
            /** @description Tobacco use. */
            tobacco?: components["schemas"]["rightvoice.v1.Tobacco"];
            /** @description Who reads the message. It gates sensitive topics. */
            viewerRole?: components["schemas"]["rightvoice.v1.ViewerRole"];
        };
        /** @description A member's answer to a message, such as STOP. It is read for the words that end messages and then dropped. A question that holds such a word ("how do I stop smoking?") ends nothing: ask Recommend. */
        "rightvoice.v1.MemberReply": {
            /** @description How the message had come: that channel is ended. If it is not said, or is a page or a chat, all channels are. */
            channel?: components["schemas"]["rightvoice.v1.Channel"];
            /** @description The member's own words. Never stored, logged or repeated. */
            text: string;
        };
        /**
         * @description How a member approaches one topic at one moment; never a trait of the member.
         * @enum {string}
         */
        "rightvoice.v1.Mindset": "MINDSET_UNSPECIFIED" | "MINDSET_PATIENT" | "MINDSET_CONSUMER" | "MINDSET_UNDETERMINED";
        /** @description A number of something with an id. */
        "rightvoice.v1.NamedCount": {
            /**
             * Format: int32
             * @description How many, at least floor.
             */
            count: number;
            /** @description Its id. */
            id: string;
        };
        /**
         * @description Channels a member can opt out of.
         * @enum {string}
         */
        "rightvoice.v1.OptOutChannel": "OPT_OUT_CHANNEL_UNSPECIFIED" | "OPT_OUT_CHANNEL_SMS" | "OPT_OUT_CHANNEL_VOICE" | "OPT_OUT_CHANNEL_EMAIL" | "OPT_OUT_CHANNEL_PUSH" | "OPT_OUT_CHANNEL_MAIL" | "OPT_OUT_CHANNEL_PORTAL";
        /**
         * @description Consent to use substance-use records (42 CFR Part 2).
         * @enum {string}
         */
        "rightvoice.v1.Part2Consent": "PART2_CONSENT_UNSPECIFIED" | "PART2_CONSENT_NONE" | "PART2_CONSENT_TPO" | "PART2_CONSENT_SPECIFIC" | "PART2_CONSENT_REVOKED";
        /** @description Whether the caller may do something, and if not, why. */
        "rightvoice.v1.Permission": {
            /** @description "edit", "submit", "withdraw", "approve", "reject", "publish", "schedule", "cancel", "rebase", "roll_back", "comment" or "create". */
            action: string;
            /** @description Whether the caller may. */
            allowed: boolean;
            /** @description Why not, in a sentence; empty if allowed. */
            whyNot: string;
        };
        /** @description Whom a member would rather hear from about a topic. It is a view under another name: the patient's for the provider, the consumer's for the plan. So the plan still needs a benefit to speak of, and each side leaves to the other what only the other may say. */
        "rightvoice.v1.PreferredSenderChange": {
            /** @description How long it holds, at most 30 days; 30 days if absent. */
            expiresIn?: string;
            /** @description The provider or the insurer. Left out with undo. */
            sender?: components["schemas"]["rightvoice.v1.Sender"];
            /** @description The topic it is for, one of the revision in force; all topics that have no view of their own if empty. */
            topic?: string;
            /** @description Takes the view for topic back, as if it had never been chosen. */
            undo?: boolean;
        };
        /**
         * @description Pregnancy.
         * @enum {string}
         */
        "rightvoice.v1.Pregnancy": "PREGNANCY_UNSPECIFIED" | "PREGNANCY_UNKNOWN" | "PREGNANCY_NO" | "PREGNANCY_PREGNANT" | "PREGNANCY_POSTPARTUM";
        /** @description One thing wrong with the files of a content. */
        "rightvoice.v1.Problem": {
            /** @description Stable, kebab-case. */
            code: string;
            /**
             * Format: int32
             * @description In characters, from 1.
             */
            column: number;
            /** @description The file. */
            file: string;
            /**
             * Format: int32
             * @description From 1.
             */
            line: number;
            /** @description A plain sentence. */
            message: string;
            /** @description "error" or "warning". */
            severity: string;
            /** @description The word that was probably meant; often empty. */
            suggestion: string;
        };
        /** @description How far long work got. */
        "rightvoice.v1.Progress": {
            /**
             * Format: int32
             * @description How much of it.
             */
            done: number;
            /** @description What is being done, in words. */
            says: string;
            /**
             * Format: int32
             * @description Of how much; 0 if that is not known.
             */
            total: number;
        };
        /** @description How far it got, or the end. */
        "rightvoice.v1.ProveDraftResponse": {
            /** @description How far it got. */
            progress?: components["schemas"]["rightvoice.v1.Progress"];
            /** @description The end. */
            report?: components["schemas"]["rightvoice.v1.Report"];
        };
        /** @description That a draft is to be published once it is approved. */
        "rightvoice.v1.PublishWhenApproved": {
            /** @description Who asked for it. */
            by: string;
            /** @description Whether they might publish. If not, whoever's approval is the last must be allowed to. */
            mayPublish: boolean;
            /** @description Why, for people who read the history. */
            note: string;
            /**
             * Format: date-time
             * @description Not before this time; absent: at once.
             */
            publishAt?: string;
        };
        /** @description A share with its interval. */
        "rightvoice.v1.Rate": {
            /**
             * Format: int32
             * @description Those that count.
             */
            count: number;
            /**
             * Format: double
             * @description Its upper end.
             */
            high: number;
            /**
             * Format: double
             * @description Lower end of Wilson's 95 % interval.
             */
            low: number;
            /**
             * Format: int32
             * @description Those that were looked at.
             */
            of: number;
            /**
             * Format: double
             * @description count / of.
             */
            share: number;
        };
        /** @description One step of why a recommendation is what it is. */
        "rightvoice.v1.Reason": {
            /** @description The reason as a code. */
            code: components["schemas"]["rightvoice.v1.Reason.Code"];
            /** @description The stable id of the row, item or policy that spoke; a default row has one too. Empty where table is. */
            ruleId: string;
            /** @description What spoke: "safety", "mindset", "sender", "advice" or "policy"; empty for a reason that stands beside them. */
            table: string;
            /** @description The reason in words, in the language asked for where the revision has it. */
            text: string;
            /** @description What people call the rule that spoke, in the language asked for where the revision has it. Left out where rule_id is empty or names no rule with a title, as a default row, and where the revision is no longer here. */
            title?: string;
        };
        /**
         * @description Stable codes, for reports and for programs.
         * @enum {string}
         */
        "rightvoice.v1.Reason.Code": "CODE_UNSPECIFIED" | "RULE_MATCH" | "DEFAULT" | "SAFETY_OVERRIDE" | "MEMBER_CHOICE" | "OPTED_OUT" | "FREQUENCY_CAP" | "QUIET_HOURS" | "CONSENT_MISSING" | "NO_BENEFIT" | "INSUFFICIENT_FACTS" | "HOLDOUT" | "GUARDRAIL";
        /** @description One question. Only asker is required; what is left out is unknown. */
        "rightvoice.v1.RecommendRequest": {
            /** @description Which side asks. */
            asker: components["schemas"]["rightvoice.v1.Asker"];
            /** @description Facts that the revision in force declares itself, by name. */
            attributes?: {
                [key: string]: components["schemas"]["rightvoice.v1.AttributeValue"];
            };
            /** @description Whether a shared decision may answer. */
            consistency?: components["schemas"]["rightvoice.v1.RecommendRequest.Consistency"];
            /** @description What the caller knows about the member. */
            context?: components["schemas"]["rightvoice.v1.MemberContext"];
            /** @description Diagnoses; they are read for acute and long-term illness and then dropped. */
            diagnoses?: components["schemas"]["rightvoice.v1.Diagnosis"][];
            /** @description The language of the words to answer with, a BCP-47 tag; "en" if empty. */
            language?: string;
            /** @description The caller's opaque id of the member. With it the decision is shared with whoever asks next, can be retrieved, and stored facts count. It is never logged and appears in no URL and no key. */
            memberRef?: string;
            /** @description A revision this server must have, as in Decision.revision: a caller that has seen an answer of it is never answered by an older one. A server that does not have it answers FAILED_PRECONDITION. */
            minRevision?: string;
            /** @description The caller's name for this request, for its own logs and to match answers of a batch or stream. Not a member id. */
            requestId?: string;
            /** @description Whose member this is; "default" if empty. */
            tenant?: string;
            /** @description The member's own words, at most 2,000 characters. Read for topics and emergency signs, then dropped: never stored, logged or repeated. */
            text?: string;
            /** @description What it is about ("sleep", "medication"), a topic of the revision in force. Left out, it is read from text, pages and the call reason. */
            topic?: string;
        };
        /**
         * @description How fresh an answer must be.
         * @enum {string}
         */
        "rightvoice.v1.RecommendRequest.Consistency": "CONSISTENCY_UNSPECIFIED" | "CACHED" | "FRESH";
        /** @description The answer to one request of a batch or stream. */
        "rightvoice.v1.RecommendResult": {
            /** @description The answer. */
            decision?: components["schemas"]["rightvoice.v1.Decision"];
            /** @description Why there is none, as Recommend would have failed. */
            error?: components["schemas"]["google.rpc.Status"];
            /** @description RecommendRequest.request_id, as it was sent. */
            requestId: string;
        };
        /** @description Who should speak about one topic. */
        "rightvoice.v1.Recommendation": {
            /** @description What to say, best first. Empty when the other side owns the topic, when nobody should speak, and when everything that fitted is in suppressed. */
            advice: components["schemas"]["rightvoice.v1.Advice"][];
            /** @description What the asking side may say when it does not own the topic ("Your doctor can answer this best"). Empty when it does. */
            handoff: string;
            /** @description How the member approaches the topic now. */
            mindset: components["schemas"]["rightvoice.v1.Mindset"];
            /** @description Why, the deciding reason of each step first. At least one. */
            reasons: components["schemas"]["rightvoice.v1.Reason"][];
            /** @description Who should speak. */
            sender: components["schemas"]["rightvoice.v1.Sender"];
            /** @description What fitted and was held back by the member's choice, consent, caps or hours. */
            suppressed: components["schemas"]["rightvoice.v1.Suppressed"][];
            /** @description The topic, as the revision in force spells it ("sleep", "medication"). Empty if nothing told what this is about. */
            topic: string;
        };
        /** @description The answer to RecordFacts. */
        "rightvoice.v1.RecordFactsResponse": {
            /** @description One for each event, in the order of the events. */
            results: components["schemas"]["rightvoice.v1.RecordFactsResult"][];
            /** @description How many events came to what. */
            summary: components["schemas"]["rightvoice.v1.RecordFactsSummary"];
        };
        /** @description What became of one event. */
        "rightvoice.v1.RecordFactsResult": {
            /** @description Why it was not. The paths of fields begin at the event. */
            error?: components["schemas"]["google.rpc.Status"];
            /** @description The event was taken. */
            recorded?: components["schemas"]["rightvoice.v1.RecordedFacts"];
        };
        /** @description Events by what became of them. The three numbers add up to the events sent. */
        "rightvoice.v1.RecordFactsSummary": {
            /**
             * Format: int32
             * @description Events that were taken and change nothing: all their facts are in older.
             */
            older: number;
            /**
             * Format: int32
             * @description Events that were taken, and of which not every fact is in older.
             */
            recorded: number;
            /**
             * Format: int32
             * @description Events with an error.
             */
            refused: number;
        };
        /** @description The answer to RecordFeedback. */
        "rightvoice.v1.RecordFeedbackResponse": {
            /** @description The caps that what was shown went over ("caps.per_topic"): the sender showed what it had not asked for, or too late. It is counted all the same. */
            overCaps: string[];
            /** @description False if the same had been recorded before. */
            recorded: boolean;
        };
        /** @description The facts of an event that was taken, by name; those that its diagnoses say are among them. Nothing here depends on what was stored before, so that the same call has the same answer. */
        "rightvoice.v1.RecordedFacts": {
            /** @description Those that were stored or taken back. */
            facts: string[];
            /** @description Those that change nothing: they are too old to count, or the same source tells something newer in the same call. */
            older: string[];
        };
        /** @description Members whom two contents answer differently for the same pair of reasons, exactly. */
        "rightvoice.v1.Region": {
            /** @description The mindset or sender after; empty of advice. */
            after: string;
            /** @description The rule that decides after, or the item that is given. */
            afterRule: string;
            /** @description The same member and how they are answered after. */
            afterStory: string;
            /** @description The mindset or sender before; empty of advice. */
            before: string;
            /** @description The rule that decides before; of advice, the item that is given; empty for none; "emergency notice" or "member's choice" where no rule decides. */
            beforeRule: string;
            /** @description One such member and how they were answered, told as a short story. */
            beforeStory: string;
            /** @description The first day of use on which it is so (2026-03-01). */
            day: string;
            /**
             * Format: int32
             * @description How many recorded decisions lie in it; 0 where none were counted.
             */
            recorded: number;
            /** @description "mindset", "sender" or "advice": whose answer is another. */
            table: string;
        };
        /** @description What check, cases and proof say about one content on one day. */
        "rightvoice.v1.Report": {
            /**
             * Format: int32
             * @description How many cases there are.
             */
            cases: number;
            /** @description The day of use (2026-03-01). */
            day: string;
            /** @description Of the content it is about. */
            digest: string;
            /** @description Cases that get another answer than they expect. */
            failedCases: components["schemas"]["rightvoice.v1.FailedCase"][];
            /** @description What the proof found. */
            findings: components["schemas"]["rightvoice.v1.Finding"][];
            /** @description Whether all parts were run and nothing speaks against publishing. */
            green: boolean;
            /** @description Every guardrail and how it stands. */
            guardrails: components["schemas"]["rightvoice.v1.GuardrailState"][];
            /** @description Which parts were run: "check", "cases", "proof". Errors of check keep the others from running. */
            parts: string[];
            /** @description Of check. */
            problems: components["schemas"]["rightvoice.v1.Problem"][];
        };
        /** @description How many people must approve in a capacity. */
        "rightvoice.v1.Requirement": {
            /** @description Empty: anyone who may approve. */
            as: string;
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
        };
        /** @description A verdict about one content. */
        "rightvoice.v1.Review": {
            /** @description Whether it approves; otherwise it sends back. */
            approves: boolean;
            /** @description In which capacity: "clinical", "legal" …; empty for none. */
            as: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Whose. */
            by: string;
            /** @description The content it is about. */
            etag: string;
            /** @description Why. */
            text: string;
            /** @description Whether the draft was edited since, so that it counts no more. */
            void: boolean;
        };
        /** @description One row of a table, or one advice item, and how it met the facts. */
        "rightvoice.v1.RowTrace": {
            /** @description Why the rule exists, in words. */
            because: string;
            /** @description The reason it gives, or would have given, as a code. */
            code: components["schemas"]["rightvoice.v1.Reason.Code"];
            /** @description The one condition that failed, in words; empty unless ALMOST. */
            failed: string;
            /** @description What would have to hold instead, in words; empty unless ALMOST. */
            needs: string;
            /** @description The mindset, sender or advice item it stands for ("patient", "insurer", "gym"). */
            outcome: string;
            /** @description The stable id of the row or item. */
            ruleId: string;
            /** @description The whole rule in words. */
            sentence: string;
            /** @description "safety", "mindset", "sender" or "advice". */
            table: string;
            /** @description "safety", "clinical", "coverage", "engagement" or "default"; empty for advice. */
            tier: string;
            /** @description How the row met the facts. */
            verdict: components["schemas"]["rightvoice.v1.RowTrace.Verdict"];
        };
        /**
         * @description How a row met the facts.
         * @enum {string}
         */
        "rightvoice.v1.RowTrace.Verdict": "VERDICT_UNSPECIFIED" | "DECIDED" | "FITTED" | "ALMOST";
        /** @description One row of a decision table. */
        "rightvoice.v1.Rule": {
            /** @description Why it exists, in words. */
            because: string;
            /** @description Facts it reads. */
            facts: string[];
            /** @description Where it is written. */
            file: string;
            /** @description The first day on which it counts (2026-03-01); empty: no such day. */
            from: string;
            /** @description Its stable id. */
            id: string;
            /** @description Whether it counts today; a rule that is paused, over or still to come does not. */
            inForce: boolean;
            /** @description Whether it is the row that answers when no other fits. */
            isDefault: boolean;
            /**
             * Format: int32
             * @description On which line.
             */
            line: number;
            /** @description The mindset or sender it gives. */
            outcome: string;
            /**
             * Format: int32
             * @description Where it stands in its table, from 1.
             */
            position: number;
            /** @description The whole rule in words. */
            sentence: components["schemas"]["rightvoice.v1.Token"][];
            /** @description "mindset" or "sender". */
            table: string;
            /** @description "safety", "clinical", "coverage", "engagement" or "default". */
            tier: string;
            /** @description A few words, for people; empty if it has none. */
            title: string;
            /** @description The last day on which it counts; empty: no such day. */
            until: string;
            /** @description Its conditions as a tree, for a table view; absent if it always fits. */
            when?: components["schemas"]["rightvoice.v1.Condition"];
        };
        /** @description Whether any member is answered by a rule. */
        "rightvoice.v1.RuleExample": {
            /** @description "found", "nobody" (proved) or "undetermined". */
            answer: string;
            /** @description One of them, if there is any. */
            example?: components["schemas"]["rightvoice.v1.Example"];
            /** @description The rule. */
            rule: components["schemas"]["rightvoice.v1.RuleRef"];
        };
        /** @description How many decisions a rule made. */
        "rightvoice.v1.RuleFigure": {
            /** @description Why it exists, in words. */
            because: string;
            /**
             * Format: int32
             * @description How many, at least floor; 0 of never_hit.
             */
            count: number;
            /** @description By day, as of Figure. */
            days: components["schemas"]["rightvoice.v1.DayCount"][];
            /** @description The rule's id; "emergency notice" or "member's choice" where no rule decided. */
            id: string;
            /** @description Whether the version in force has it. */
            inForce: boolean;
            /** @description Its title, or its id. */
            label: string;
            /** @description "mindset" or "sender". */
            table: string;
        };
        /** @description Members whom two rules fit that give different outcomes. */
        "rightvoice.v1.RuleOverlap": {
            /** @description One of them. */
            example: components["schemas"]["rightvoice.v1.Example"];
            /** @description The id of the rule that stands first and decides. */
            first: string;
            /** @description What the first one gives. */
            firstOutcome: string;
            /** @description The id of the other one. */
            second: string;
            /** @description What the second one would give. */
            secondOutcome: string;
        };
        /** @description Names a rule of a content. */
        "rightvoice.v1.RuleRef": {
            /** @description Its id. */
            id: string;
            /** @description "mindset" or "sender". */
            table: string;
        };
        /** @description How they answer. */
        "rightvoice.v1.RunScenariosResponse": {
            /** @description Of the contents that answered, in the order asked. */
            digests: string[];
            /** @description In the order of the files. */
            runs: components["schemas"]["rightvoice.v1.ScenarioRun"][];
        };
        /**
         * @description How long a drug is meant to be taken.
         * @enum {string}
         */
        "rightvoice.v1.RxCourse": "RX_COURSE_UNSPECIFIED" | "RX_COURSE_UNKNOWN" | "RX_COURSE_ACUTE" | "RX_COURSE_CONTINUOUS" | "RX_COURSE_SEASONAL";
        /** @description An example member with the expected answer, kept beside the rules. */
        "rightvoice.v1.Scenario": {
            /** @description What it shows, in a sentence. */
            about: string;
            /**
             * Format: date-time
             * @description The moment at which it is asked.
             */
            at: string;
            /** @description What it expects, one for each recommendation, the main one first. What is empty is not compared. */
            expect: components["schemas"]["rightvoice.v1.ScenarioAnswer"][];
            /** @description Where it is written. */
            file: string;
            /** @description Its stable id. */
            id: string;
            /**
             * Format: int32
             * @description On which line.
             */
            line: number;
            /** @description The question it asks, for Evaluate. */
            request: components["schemas"]["rightvoice.v1.RecommendRequest"];
            /** @description The example as YAML, as it stands in the file. */
            text: string;
        };
        /** @description What one recommendation of a scenario says, or should say, in the ids of the content. */
        "rightvoice.v1.ScenarioAnswer": {
            /** @description Items of advice, the best first; of an emergency, the notice that is given. */
            advice: string[];
            /** @description Whether advice is compared; no items are then expected if it is empty. */
            adviceCounts: boolean;
            /** @description Items that fit and are held back. */
            held: components["schemas"]["rightvoice.v1.HeldItem"][];
            /** @description Whether held is compared. */
            heldCounts: boolean;
            /** @description "patient", "consumer" or "undetermined". */
            mindset: string;
            /** @description The notice of an emergency, where one is expected. */
            notice: string;
            /** @description "provider", "insurer", "nobody" or "safety". */
            sender: string;
            /** @description The topic. */
            topic: string;
        };
        /** @description What one content answers a scenario. */
        "rightvoice.v1.ScenarioResult": {
            /** @description What it answers, the main recommendation first; none if it cannot answer. */
            answers: components["schemas"]["rightvoice.v1.ScenarioAnswer"][];
            /** @description Whether it answers as the scenario expects. */
            holds: boolean;
            /** @description The rules that decide. */
            rules: components["schemas"]["rightvoice.v1.RuleRef"][];
            /** @description If not, what is wrong, a sentence each. */
            wrong: string[];
        };
        /** @description One scenario, answered by one or several contents. */
        "rightvoice.v1.ScenarioRun": {
            /** @description Its id. */
            id: string;
            /** @description One for each content, in the order asked. */
            results: components["schemas"]["rightvoice.v1.ScenarioResult"][];
        };
        /**
         * @description Who should speak to the member about a topic.
         * @enum {string}
         */
        "rightvoice.v1.Sender": "SENDER_UNSPECIFIED" | "SENDER_PROVIDER" | "SENDER_INSURER" | "SENDER_NOBODY" | "SENDER_SAFETY";
        /**
         * @description Topics that are shown outside the member's own login only if the member agreed.
         * @enum {string}
         */
        "rightvoice.v1.SensitiveTopic": "SENSITIVE_TOPIC_UNSPECIFIED" | "SENSITIVE_TOPIC_REPRODUCTIVE" | "SENSITIVE_TOPIC_SEXUAL_HEALTH" | "SENSITIVE_TOPIC_STI" | "SENSITIVE_TOPIC_GENDER_AFFIRMING" | "SENSITIVE_TOPIC_MENTAL_HEALTH" | "SENSITIVE_TOPIC_SUD" | "SENSITIVE_TOPIC_IPV" | "SENSITIVE_TOPIC_HIV";
        /** @description The answer to SetChoice. */
        "rightvoice.v1.SetChoiceResponse": {
            /** @description All that is in force now. */
            choices: components["schemas"]["rightvoice.v1.MemberChoices"];
            /** @description False if a reply had no words that end messages; nothing was stored then. */
            understood: boolean;
        };
        /** @description What a tenant lays down about publishing. It changes no answer. */
        "rightvoice.v1.Settings": {
            /** @description The tenant whose content this one's stands on; empty for none. */
            base: string;
            /** @description The capacity in which someone must approve drafts that change guardrails, consent, quiet hours, caps or words of safety; "legal" if empty. */
            guardian: string;
            /** @description Whose approval every draft needs. */
            required: components["schemas"]["rightvoice.v1.Requirement"][];
        };
        /** @description How many moved from one outcome to another. */
        "rightvoice.v1.Shift": {
            /** @description The outcome after. */
            after: string;
            /** @description The outcome before ("consumer/insurer"). */
            before: string;
            /**
             * Format: int32
             * @description How many.
             */
            count: number;
            /** @description The day; empty for all days together, where there are very many of them. */
            day: string;
            /** @description The topic. */
            topic: string;
        };
        /** @description One advice item that fitted and was held back. */
        "rightvoice.v1.Suppressed": {
            /** @description The item's id in the catalogue. */
            adviceId: string;
            /** @description Why it was held back. */
            code: components["schemas"]["rightvoice.v1.Reason.Code"];
            /** @description The policy or guardrail that held it back ("quiet_hours", "G12"). */
            policyId: string;
            /**
             * Format: date-time
             * @description When asking again may bring it; absent if time alone does not.
             */
            retryAt?: string;
        };
        /**
         * @description An operation near today.
         * @enum {string}
         */
        "rightvoice.v1.SurgeryPhase": "SURGERY_PHASE_UNSPECIFIED" | "SURGERY_PHASE_NONE" | "SURGERY_PHASE_PLANNED_30D" | "SURGERY_PHASE_RECENT_30D";
        /** @description Members whom no rule of a table fits, so that its default row answers. */
        "rightvoice.v1.TableGap": {
            /** @description One of them. */
            example: components["schemas"]["rightvoice.v1.Example"];
            /** @description Of the sender table, the members' mindset; otherwise empty. */
            mindset: string;
            /** @description What the default row gives. */
            outcome: string;
            /** @description Topics of one kind that the example can be asked about. */
            topics: string[];
        };
        /**
         * @description What a member's own words are about.
         * @enum {string}
         */
        "rightvoice.v1.TextIntent": "TEXT_INTENT_UNSPECIFIED" | "TEXT_INTENT_NONE" | "TEXT_INTENT_SYMPTOM" | "TEXT_INTENT_INJURY" | "TEXT_INTENT_MEDICATION" | "TEXT_INTENT_TREATMENT" | "TEXT_INTENT_TEST_RESULT" | "TEXT_INTENT_PROGNOSIS" | "TEXT_INTENT_COVERAGE" | "TEXT_INTENT_COST" | "TEXT_INTENT_CLAIM" | "TEXT_INTENT_NETWORK" | "TEXT_INTENT_REFERRAL_AUTH" | "TEXT_INTENT_ID_CARD" | "TEXT_INTENT_LIFESTYLE" | "TEXT_INTENT_CHRONIC_SELF_CARE" | "TEXT_INTENT_PREVENTIVE" | "TEXT_INTENT_MIXED" | "TEXT_INTENT_CRISIS";
        /**
         * @description Tobacco use.
         * @enum {string}
         */
        "rightvoice.v1.Tobacco": "TOBACCO_UNSPECIFIED" | "TOBACCO_UNKNOWN" | "TOBACCO_NEVER" | "TOBACCO_FORMER" | "TOBACCO_CURRENT";
        /** @description A run of words of a sentence with one meaning. The texts of all tokens, joined as they are, are the sentence. */
        "rightvoice.v1.Token": {
            /** @description What they stand for. */
            kind: components["schemas"]["rightvoice.v1.Token.Kind"];
            /** @description Of parts of a condition, its place under "when" ("0", "2.1"), as EditOperation.at takes it; otherwise empty. */
            path: string;
            /** @description What is named, by the kind; empty for plain words. */
            ref: string;
            /** @description The words. */
            text: string;
        };
        /**
         * @description What a token stands for.
         * @enum {string}
         */
        "rightvoice.v1.Token.Kind": "KIND_UNSPECIFIED" | "PLAIN" | "FACT" | "OPERATOR" | "VALUE" | "OUTCOME" | "NAME";
        /** @description One topic. */
        "rightvoice.v1.TopicEntry": {
            /** @description Benefits it may be tied to. */
            benefits: string[];
            /** @description Its id ("sleep"). */
            id: string;
            /** @description "care", "coverage", "lifestyle" … */
            kind: string;
            /** @description In words. */
            label: string;
        };
        /** @description Whether the member wants to hear about a topic. */
        "rightvoice.v1.TopicOptOutChange": {
            /** @description True for "not about this", false to take that back. */
            optedOut: boolean;
            /** @description A topic of the revision in force. */
            topic: string;
        };
        /** @description How one recommendation came about: every row and every advice item that fitted, that nearly fitted, and what would have to change. */
        "rightvoice.v1.TopicTrace": {
            /** @description In the order in which they were tried: safety, the mindset table, the sender table, advice. */
            rows: components["schemas"]["rightvoice.v1.RowTrace"][];
            /** @description The topic, as in Recommendation.topic. */
            topic: string;
        };
        /** @description One published content of a tenant. */
        "rightvoice.v1.Version": {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who wrote it. */
            authors: string[];
            /** @description Who published it. */
            by: string;
            /** @description SHA-256 of the content. */
            digest: string;
            /** @description The draft it was; empty for others. */
            draftId: string;
            /** @description Whether it is the one in force. */
            live: boolean;
            /** @description Why. */
            note: string;
            /**
             * Format: int64
             * @description Counts up from 1 by one.
             */
            number: number;
            /**
             * Format: int64
             * @description Of a roll back, the version whose content it brought back; otherwise 0.
             */
            restores: number;
            /** @description Who approved it. */
            reviews: components["schemas"]["rightvoice.v1.Review"][];
            /** @description As decisions name it: "r-" and 16 hexadecimal digits. */
            revision: string;
            /** @description What was worked out when it was submitted; absent where that was not kept. */
            summary?: components["schemas"]["rightvoice.v1.ImpactSummary"];
            /** @description A few words. */
            title: string;
            /** @description Of one that was to be published once it was approved, beside by: the other one of whoever asked and whoever's approval was the last; otherwise empty. */
            with: string;
        };
        /** @description The view that a member wants, instead of the one that the rules find. */
        "rightvoice.v1.ViewChange": {
            /** @description The view. MEMBER_CHOICE_AUTO leaves it to the rules, also for a topic where the member chose otherwise for all. Left out with undo. */
            choice?: components["schemas"]["rightvoice.v1.MemberChoice"];
            /** @description How long it holds, at most 30 days; 30 days if absent. */
            expiresIn?: string;
            /** @description The topic it is for, one of the revision in force; all topics that have no view of their own if empty. */
            topic?: string;
            /** @description Takes the view for topic back, as if it had never been chosen. */
            undo?: boolean;
        };
        /**
         * @description Who reads a message.
         * @enum {string}
         */
        "rightvoice.v1.ViewerRole": "VIEWER_ROLE_UNSPECIFIED" | "VIEWER_ROLE_SELF" | "VIEWER_ROLE_PARENT_GUARDIAN" | "VIEWER_ROLE_PERSONAL_REPRESENTATIVE" | "VIEWER_ROLE_CAREGIVER" | "VIEWER_ROLE_POLICYHOLDER_OTHER" | "VIEWER_ROLE_STAFF";
        /** @description A version came into force here. */
        "rightvoice.v1.WatchVersionsResponse": {
            /** @description The version. */
            version: components["schemas"]["rightvoice.v1.Version"];
        };
        /** @description Reports that the wrong side spoke, of decisions that are the same. */
        "rightvoice.v1.WrongSenderReport": {
            /**
             * Format: int32
             * @description How many reports, where at least 11 members took part, rounded down to a multiple of 11; otherwise 0.
             */
            count: number;
            /** @description The last day it was made (2026-03-01, UTC); of fewer than 11 members, the first of that month. */
            day: string;
            /** @description The topic in words. */
            label: string;
            /** @description The mindset that was decided. */
            mindset: string;
            /** @description The operations that put the scenario into a draft, for EditDraft; none if story is empty. */
            operations: components["schemas"]["rightvoice.v1.EditOperation"][];
            /** @description Names it, the same each time. */
            reportId: string;
            /** @description The question of the example, for Evaluate. */
            request: components["schemas"]["rightvoice.v1.RecommendRequest"];
            /** @description The rules that decided; their counts are 0. */
            rules: components["schemas"]["rightvoice.v1.RuleFigure"][];
            /** @description A scenario that expects the wanted sender, as YAML; empty if story is. */
            scenario: string;
            /** @description Who spoke: "provider", "insurer" or "nobody". */
            sender: string;
            /** @description Whether the version in force still answers so. */
            still: boolean;
            /** @description An example member whom the same rules answer the same, told as a short story. It is no member's record. Where at least 11 different members were reported with the same facts, it has these, each rounded to the edge of what rules tell apart, without ages and other demographic or sensitive facts. Otherwise its facts are those that the rules ask for, the same whoever was reported. Empty if the version in force has no such rules, or if they need a fact that examples keep out. */
            story: string;
            /** @description The topic. */
            topic: string;
            /** @description Who should have: the other side. */
            wanted: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    InsightsService_GetInsights: {
        parameters: {
            query?: {
                /** @description Whose answers; "default" if empty. */
                tenant?: string;
                /** @description A day (2026-03-01, UTC) of the first month; empty: of the month before to_day's. */
                fromDay?: string;
                /** @description A day of the last month, at most 13 months in all; empty: today. */
                toDay?: string;
                /** @description The language of labels, a BCP-47 tag; English if empty. */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures of a period. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetInsightsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    InsightsService_GetDrift: {
        parameters: {
            query?: {
                /** @description Whose answers; "default" if empty. */
                tenant?: string;
                /** @description The version's number; 0 is the one in force. */
                version?: number;
                /** @description The language of labels, a BCP-47 tag; English if empty. */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a version was to change against what came. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetDriftResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    InsightsService_ListReports: {
        parameters: {
            query?: {
                /** @description Whose answers; "default" if empty. */
                tenant?: string;
                /** @description The language of words, a BCP-47 tag; English if empty. */
                language?: string;
                /** @description How many at most; 0 is 50. */
                pageSize?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListReportsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    MemberService_GetMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The side that asks. It decides what is shown. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description The caller's opaque id of the member. */
                    memberRef: string;
                    /** @description Whose member this is; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The answer to GetMember. It is the same for a member nobody told about and for one of whom the asking side may see nothing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetMemberResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    MemberService_RecordFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The side that tells. What it tells is shown to the other side only as far as that side may see it. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description Checked one by one: an invalid event gets its own error. */
                    events: components["schemas"]["rightvoice.v1.FactEvent"][];
                    /** @description Whose members these are; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The answer to RecordFacts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.RecordFactsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    MemberService_ImportFhir: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When the bundle was complete, for one that was kept for a while; now if absent. What it holds after that moment is ignored.
                     */
                    asOf?: string;
                    /** @description The side that tells. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description The Bundle as FHIR JSON: a collection, searchset, transaction, batch or message, at most 8 MiB. Over gRPC its text in UTF-8; over REST the JSON object itself. */
                    bundle: Record<string, unknown>;
                    /** @description The caller's opaque id of the member whom the bundle is about. A Patient in the bundle is not looked up by it. */
                    memberRef: string;
                    /** @description The feed, as in FactEvent.source. */
                    source: string;
                    /** @description Whose member this is; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The answer to ImportFhir. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ImportFhirResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    MemberService_SetChoice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When the member said so; now if absent. The newest word counts, whichever side heard it.
                     */
                    asOf?: string;
                    /** @description The side that the member told. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description Whether to use a channel. */
                    channelOptOut?: components["schemas"]["rightvoice.v1.ChannelOptOutChange"];
                    /** @description The caller's opaque id of the member. */
                    memberRef: string;
                    /** @description Whom the member would rather hear from. */
                    preferredSender?: components["schemas"]["rightvoice.v1.PreferredSenderChange"];
                    /** @description What the member wrote back to a message, to be read for words that end it. */
                    reply?: components["schemas"]["rightvoice.v1.MemberReply"];
                    /** @description Where the member said so ("member", "portal", "provider", "call_centre"), as in FactEvent.source. */
                    source: string;
                    /** @description Whose member this is; "default" if empty. */
                    tenant?: string;
                    /** @description Whether to speak about a topic. */
                    topicOptOut?: components["schemas"]["rightvoice.v1.TopicOptOutChange"];
                    /** @description The view the member wants. */
                    view?: components["schemas"]["rightvoice.v1.ViewChange"];
                };
            };
        };
        responses: {
            /** @description The answer to SetChoice. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.SetChoiceResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    MemberService_ForgetMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The side that asks for it. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description The caller's opaque id of the member. */
                    memberRef: string;
                    /** @description Whose member this is; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The answer to ForgetMember: nothing is left. It does not tell whether there was something. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ForgetMemberResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_Recommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Which side asks. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description Facts that the revision in force declares itself, by name. */
                    attributes?: {
                        [key: string]: components["schemas"]["rightvoice.v1.AttributeValue"];
                    };
                    /** @description Whether a shared decision may answer. */
                    consistency?: components["schemas"]["rightvoice.v1.RecommendRequest.Consistency"];
                    /** @description What the caller knows about the member. */
                    context?: components["schemas"]["rightvoice.v1.MemberContext"];
                    /** @description Diagnoses; they are read for acute and long-term illness and then dropped. */
                    diagnoses?: components["schemas"]["rightvoice.v1.Diagnosis"][];
                    /** @description The language of the words to answer with, a BCP-47 tag; "en" if empty. */
                    language?: string;
                    /** @description The caller's opaque id of the member. With it the decision is shared with whoever asks next, can be retrieved, and stored facts count. It is never logged and appears in no URL and no key. */
                    memberRef?: string;
                    /** @description A revision this server must have, as in Decision.revision: a caller that has seen an answer of it is never answered by an older one. A server that does not have it answers FAILED_PRECONDITION. */
                    minRevision?: string;
                    /** @description The caller's name for this request, for its own logs and to match answers of a batch or stream. Not a member id. */
                    requestId?: string;
                    /** @description Whose member this is; "default" if empty. */
                    tenant?: string;
                    /** @description The member's own words, at most 2,000 characters. Read for topics and emergency signs, then dropped: never stored, logged or repeated. */
                    text?: string;
                    /** @description What it is about ("sleep", "medication"), a topic of the revision in force. Left out, it is read from text, pages and the call reason. */
                    topic?: string;
                };
            };
        };
        responses: {
            /** @description The answer to Recommend. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Decision"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_BatchRecommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Checked one by one: an invalid request gets its own error. */
                    requests: components["schemas"]["rightvoice.v1.RecommendRequest"][];
                };
            };
        };
        responses: {
            /** @description The answers to many questions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.BatchRecommendResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_Explain: {
        parameters: {
            query?: {
                /** @description The revision to decide with; the one in force if empty. A server that does not have it answers FAILED_PRECONDITION. */
                revision?: string;
                /** @description When to decide, for elapsed times and quiet hours; now if absent. */
                now?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["rightvoice.v1.RecommendRequest"];
            };
        };
        responses: {
            /** @description An answer, and how it came about. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ExplainResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_GetDecision: {
        parameters: {
            query?: {
                /** @description Whose member it is about; "default" if empty. */
                tenant?: string;
                /** @description The side to render for; the side that asked first if left out. */
                asker?: components["schemas"]["rightvoice.v1.Asker"];
                /** @description The language to render in, a BCP-47 tag; "en" if empty. */
                language?: string;
            };
            header?: never;
            path: {
                /** @description Decision.decision_id. */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer to GetDecision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Decision"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_ListDecisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The side to render for; for each decision the side that asked first if left out. */
                    asker?: components["schemas"]["rightvoice.v1.Asker"];
                    /** @description The language to render in, a BCP-47 tag; "en" if empty. */
                    language?: string;
                    /** @description The caller's opaque id of the member. */
                    memberRef: string;
                    /**
                     * Format: int32
                     * @description At most this many, 1 to 100; 50 if zero.
                     */
                    pageSize?: number;
                    /** @description ListDecisionsResponse.next_page_token of the page before; empty for the first. */
                    pageToken?: string;
                    /** @description Whose member it is; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description One page of decisions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListDecisionsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RecommendationService_RecordFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Decision.decision_id. */
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The item it is about; the recommendation as a whole if empty. */
                    adviceId?: string;
                    /** @description Which side reports. */
                    asker: components["schemas"]["rightvoice.v1.Asker"];
                    /**
                     * Format: date-time
                     * @description When it happened, for what is told later; now if absent. From the decision to now; a clock may be five minutes fast.
                     */
                    at?: string;
                    /** @description How the member was reached, where that is known better now than when the decision was asked for. */
                    channel?: components["schemas"]["rightvoice.v1.Channel"];
                    /** @description Who began. What a member was shown on their own asking does not count towards the caps; where nobody says, it does. */
                    direction?: components["schemas"]["rightvoice.v1.Direction"];
                    /** @description What became of it. */
                    kind: components["schemas"]["rightvoice.v1.FeedbackKind"];
                    /** @description The language it was shown in, a BCP-47 tag; empty if that is not known. It does not make it other feedback. */
                    language?: string;
                    /** @description Why, as a short code of the caller's own ("clinical_judgement"). Required with FEEDBACK_KIND_OVERRIDDEN. Not the place for a member's words. */
                    reason?: string;
                    /** @description Whose member it is about; "default" if empty. */
                    tenant?: string;
                    /** @description The topic it is about; the decision as a whole if empty. */
                    topic?: string;
                };
            };
        };
        responses: {
            /** @description The answer to RecordFeedback. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.RecordFeedbackResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ListFacts: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description The language of the words, a BCP-47 tag; English if empty. */
                language?: string;
                /** @description A published version by number; 0 with no draft_id is the one in force. */
                version?: number;
                /** @description A draft; not with version. */
                draftId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The facts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListFactsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetMeta: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What this server is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetMetaResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetMe: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who the caller is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetMeResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ListVersions: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description How many at most; 0 is 50. */
                pageSize?: number;
                /** @description next_page_token of the page before. */
                pageToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the history. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListVersionsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetVersion: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description The language of the words, a BCP-47 tag; English if empty. */
                language?: string;
            };
            header?: never;
            path: {
                /** @description Its number; 0 is the one in force. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A version, as it was published. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetVersionResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetContent: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description The language of the words, a BCP-47 tag; English if empty. */
                language?: string;
                /** @description A published version by number; 0 with no draft_id is the one in force. */
                version?: number;
                /** @description A draft; not with version. */
                draftId?: string;
                /** @description The etag of an answer that the caller still has; the answer is without content if it would be the same. Over REST this is the header If-None-Match. */
                knownEtag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A content in words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Content"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetFile: {
        parameters: {
            query: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description A published version by number; 0 with no draft_id is the one in force. */
                version?: number;
                /** @description A draft; not with version. */
                draftId?: string;
                /** @description Its name, as Content.files has it. */
                file: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.GetFileResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_CompareContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The other side; the version in force if absent. */
                    after?: components["schemas"]["rightvoice.v1.ContentRef"];
                    /** @description The one side; the version in force if absent. */
                    before?: components["schemas"]["rightvoice.v1.ContentRef"];
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Whether to work out exactly which members are answered differently. */
                    regions?: boolean;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description What differs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.CompareContentResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_RollBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The version whose content is wanted. */
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why, for people who read the history. */
                    note?: string;
                    /** @description Names this request: the same one sent twice is done once. Empty: no such name. */
                    requestId?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description What came into force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Version"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ListDrafts: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description Whether published, archived, rejected and withdrawn ones are wanted too. */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The drafts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListDraftsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_CreateDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: int64
                     * @description The version to begin from; 0 is the one in force.
                     */
                    fromVersion?: number;
                    /** @description Names this request: the same one sent twice is done once. Empty: no such name. */
                    requestId?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description A few words. */
                    title?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetDraft: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_EditDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Done in order, all or none. */
                    operations: components["schemas"]["rightvoice.v1.EditOperation"][];
                    /** @description Names this request: the same one sent twice is done once. Empty: no such name. */
                    requestId?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.EditDraftResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_RestoreDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Names this request: the same one sent twice is done once. Empty: no such name. */
                    requestId?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description The etag of a content it had, as DraftStep.etag. */
                    to: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_RebaseDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_CheckDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Parts to run: "check", "cases", "proof"; none means all. */
                    parts?: string[];
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description What speaks against it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Report"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ProveDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description How far it got, or the end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ProveDraftResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_Evaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description The moment to answer for; now if absent.
                     */
                    at?: string;
                    /** @description By which contents; none means the version in force. */
                    contents?: components["schemas"]["rightvoice.v1.ContentRef"][];
                    /** @description The question, as for Recommend. */
                    request: components["schemas"]["rightvoice.v1.RecommendRequest"];
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description How contents would answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.EvaluateResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_RunScenarios: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The contents that answer; none means the one whose scenarios they are. */
                    contents?: components["schemas"]["rightvoice.v1.ContentRef"][];
                    /** @description Only these scenarios; none means all. */
                    ids?: string[];
                    /** @description The content whose scenarios are run; the version in force if absent. */
                    of?: components["schemas"]["rightvoice.v1.ContentRef"];
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description How they answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.RunScenariosResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ExamineContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The content; the version in force if absent. */
                    content?: components["schemas"]["rightvoice.v1.ContentRef"];
                    /** @description Whether to look for members whom no rule of the table fits. */
                    gaps?: boolean;
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Whether to look for members whom rules with different outcomes fit. */
                    overlaps?: boolean;
                    /** @description Rules, of either table, for which a member is wanted. */
                    rules?: components["schemas"]["rightvoice.v1.RuleRef"][];
                    /** @description The table whose gaps and overlaps are looked for: "mindset" or "sender". */
                    table?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description Members of a table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ExamineContentResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_AssessImpact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The first day of recorded decisions (2026-03-01); empty: as far back as there are any. */
                    fromDay?: string;
                    /** @description The language of the words, a BCP-47 tag; English if empty. */
                    language?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description How far it got, or the end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.AssessImpactResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_SubmitDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description With publish_when_approved: why, for people who read the history. */
                    note?: string;
                    /**
                     * Format: date-time
                     * @description With publish_when_approved: not before this time.
                     */
                    publishAt?: string;
                    /** @description Publish it as soon as nobody's approval is missing, through the same gate as PublishDraft. It takes somebody who may publish: the caller, or else whoever's approval is the last; with neither, the draft is approved and waits (Draft.failure is ROLE_MISSING). An edit, a rejection or a withdrawal ends it. */
                    publishWhenApproved?: boolean;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description What reviewers should know. */
                    text?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_WithdrawDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ApproveDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The capacity the reviewer speaks in: "clinical", "legal" …; often empty. */
                    as?: string;
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description What the reviewer says. */
                    text?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_RejectDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The capacity the reviewer speaks in: "clinical", "legal" …; often empty. */
                    as?: string;
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description What should change. */
                    text?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_CommentDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The rule or file it is about; empty for the whole draft. */
                    on?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                    /** @description What. */
                    text: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_PublishDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Why, for people who read the history. */
                    note?: string;
                    /** @description Names this request: the same one sent twice is done once. Empty: no such name. */
                    requestId?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description What came into force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Version"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ScheduleDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When.
                     */
                    at: string;
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Why, for people who read the history. */
                    note?: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_CancelDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The draft. */
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The etag of the content the caller saw. */
                    etag: string;
                    /** @description Whose rules; "default" if empty. */
                    tenant?: string;
                };
            };
        };
        responses: {
            /** @description The draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Draft"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_WatchVersions: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A version came into force here. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.WatchVersionsResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_GetSettings: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Settings"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_SetSettings: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["rightvoice.v1.Settings"];
            };
        };
        responses: {
            /** @description The settings from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.Settings"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
    RuleService_ListAudit: {
        parameters: {
            query?: {
                /** @description Whose rules; "default" if empty. */
                tenant?: string;
                /** @description How many at most; 0 is 50. */
                pageSize?: number;
                /** @description next_page_token of the page before. */
                pageToken?: string;
                /** @description Only what is about this draft; empty: all. */
                draftId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rightvoice.v1.ListAuditResponse"];
                };
            };
            /** @description An unexpected error response. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
        };
    };
}
