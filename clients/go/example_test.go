package rightvoice_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	rightvoice "github.com/rightvoice/rightvoice/clients/go"
	rightvoicev1 "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
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

	insurer := 0
	for result, err := range client.RecommendAll(context.Background(), numbered(10_000)) {
		if err != nil {
			log.Fatal(err) // the service stayed away
		}
		if err := rightvoice.ItemError(result); err != nil {
			log.Print(result.GetRequestId(), err)
			continue
		}
		if result.GetDecision().GetRecommendations()[0].GetSender() == rightvoicev1.Sender_SENDER_INSURER {
			insurer++
		}
	}
	fmt.Println(insurer)
	// Output: 10000
}

// service runs a service that routes everything to the insurer.
func service() (address string, stop func()) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	s := grpc.NewServer()
	rightvoicev1.RegisterRecommendationServiceServer(s, &fake{})
	go func() { _ = s.Serve(l) }() // ends with Stop
	return l.Addr().String(), s.Stop
}
