package grpcapi

import (
	"errors"
	"io"

	"google.golang.org/grpc"

	pb "github.com/rightvoice/rightvoice/proto/rightvoice/v1"
)

const (
	// streamBatch is the most requests of a stream that are decided together:
	// one round trip to the store serves them all.
	streamBatch = 64

	// streamAhead is how many requests of a stream are read ahead of the answers.
	// A client that does not read its answers stops being read.
	streamAhead = 256
)

type requestStream = grpc.BidiStreamingServer[pb.StreamRecommendRequest, pb.StreamRecommendResponse]

// StreamRecommend decides for a stream of any length. What has arrived is
// decided together, so that a stream is as fast as batches and one request
// alone is not kept waiting for others. Answers come in the order of the
// requests.
func (s *Server) StreamRecommend(stream requestStream) error {
	arrived := make(chan *pb.RecommendRequest, streamAhead)
	ended := make(chan error, 1)
	go func() {
		ended <- receive(stream, arrived)
		close(arrived)
	}()
	var batch []*pb.RecommendRequest
	for first := range arrived {
		batch = append(batch[:0], first)
		batch = takeMore(batch, arrived)
		for _, result := range s.batch(stream.Context(), batch) {
			if err := stream.Send(&pb.StreamRecommendResponse{Result: result}); err != nil {
				return err // ends the stream's context, which ends receive
			}
		}
	}
	return <-ended
}

// receive reads requests until the caller has no more, or is gone.
func receive(stream requestStream, into chan<- *pb.RecommendRequest) error {
	for {
		m, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case into <- m.GetRequest():
		case <-stream.Context().Done():
			return stream.Context().Err()
		}
	}
}

// takeMore adds what has arrived, without waiting.
func takeMore(batch []*pb.RecommendRequest, arrived <-chan *pb.RecommendRequest) []*pb.RecommendRequest {
	for len(batch) < streamBatch {
		select {
		case m, ok := <-arrived:
			if !ok {
				return batch
			}
			batch = append(batch, m)
		default:
			return batch
		}
	}
	return batch
}
