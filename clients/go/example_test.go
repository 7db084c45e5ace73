package rightvoice_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"strconv"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
	"github.com/rightvoice/rightvoice/server/app"
	"github.com/rightvoice/rightvoice/server/config"
)

// A provider's app asks whether to speak to a member about sleep.
func Example() {
	address, stop := service()
	defer stop()

	client, err := rightvoice.Dial(rightvoice.Options{Address: address, UserAgent: "clinic-app/1.0"})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	decision, err := client.Recommend(context.Background(), &rightvoicev1.RecommendRequest{
		Asker: rightvoicev1.Asker_ASKER_PROVIDER,
		Topic: "sleep",
		Context: &rightvoicev1.MemberContext{
			CoverageStatus:   rightvoicev1.CoverageStatus_COVERAGE_STATUS_ACTIVE.Enum(),
			BenefitAvailable: []string{"sleep_program"},
			AcuteDxActive:    proto.Bool(false), // known; leaving it out would mean unknown
		},
	})
	var failed *rightvoice.Error
	switch {
	case errors.As(err, &failed) && failed.Code == codes.InvalidArgument:
		log.Fatal("mend the request: ", failed.FieldViolations)
	case err != nil:
		log.Fatal(err)
	}
	for _, r := range decision.GetRecommendations() {
		fmt.Println(r.GetTopic(), r.GetMindset(), r.GetSender())
	}
	// Output: sleep MINDSET_CONSUMER SENDER_INSURER
}

// A campaign asks for many members at once and lets the service set the pace.
func ExampleClient_RecommendAll() {
	address, stop := service()
	defer stop()
	client, err := rightvoice.Dial(rightvoice.Options{Address: address})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	members := func(yield func(*rightvoicev1.RecommendRequest) bool) {
		for i := range 1000 {
			r := &rightvoicev1.RecommendRequest{
				RequestId: strconv.Itoa(i), // finds the member again when the answer comes
				Asker:     rightvoicev1.Asker_ASKER_INSURER,
				Topic:     "activity",
				Context:   &rightvoicev1.MemberContext{CoverageStatus: rightvoicev1.CoverageStatus_COVERAGE_STATUS_ACTIVE.Enum()},
			}
			if i%4 == 0 {
				r.Context.BenefitAvailable = []string{"gym"}
			}
			if !yield(r) {
				return
			}
		}
	}
	senders := map[rightvoicev1.Sender]int{}
	for result, err := range client.RecommendAll(context.Background(), members) {
		if err != nil {
			log.Fatal(err) // the service stayed away
		}
		if err := rightvoice.ItemError(result); err != nil {
			log.Print(result.GetRequestId(), err)
			continue
		}
		senders[result.GetDecision().GetRecommendations()[0].GetSender()]++
	}
	fmt.Println(senders)
	// Output: map[SENDER_INSURER:250 SENDER_NOBODY:750]
}

// Two people change the words of an advice: one writes, the other approves.
func ExampleRules() {
	address, stop := service()
	defer stop()
	client, err := rightvoice.Dial(rightvoice.Options{Address: address, Timeout: time.Minute})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	ctx, rules := context.Background(), client.Rules("")
	author, approver := rules.As("ana"), rules.As("ben") // where people have tokens, those say who they are

	draft, err := author.Create(ctx, "Better words about sleep")
	if err != nil {
		log.Fatal(err)
	}
	edited, err := author.Edit(ctx, draft, &rightvoicev1.EditOperation{
		Do: "set_words", List: "advice", Row: "sleep_help", Key: "text", Language: "en", Text: "Your plan has a class on sleep."})
	if err != nil {
		log.Fatal(err)
	}
	draft = edited.GetDraft()
	report, err := author.Prove(ctx, draft, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("passes:", report.GetGreen())

	_, err = approver.Publish(ctx, draft, "")
	var failed *rightvoice.Error
	if errors.As(err, &failed) && failed.Reason == "NOT_APPROVED" {
		fmt.Println("approvals missing:", len(failed.Missing))
	}
	if _, err = author.Submit(ctx, draft, ""); err == nil {
		_, err = approver.Approve(ctx, draft, "", "")
	}
	if err != nil {
		log.Fatal(err)
	}
	version, err := approver.Publish(ctx, draft, "Easier to read")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("version", version.GetNumber(), "by", version.GetBy())
	// Output:
	// passes: true
	// approvals missing: 1
	// version 2 by ben
}

// service runs rightvoice with its default content on a free port.
func service() (address string, stop func()) {
	cfg := config.Default()
	cfg.GRPCAddr, cfg.HTTPAddr = "127.0.0.1:0", "127.0.0.1:0"
	a, err := app.New(cfg, app.Options{LogTo: io.Discard})
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	return a.GRPCAddr(), func() {
		cancel()
		if err := <-ended; err != nil {
			log.Fatal(err)
		}
	}
}
