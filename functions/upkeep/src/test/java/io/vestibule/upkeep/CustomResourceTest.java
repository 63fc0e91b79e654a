package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.vestibule.store.Invocation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.lambda.powertools.cloudformation.Response;

/** The first keys, asked for while IAM still tells its other parts of the role. */
class CustomResourceTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger waited = new AtomicInteger();

  @Test
  void whatIsRefusedAtFirstIsTriedAgain() {
    assertThat(create(3, "AccessDeniedException").getStatus()).isEqualTo(Response.Status.SUCCESS);
    assertThat(tries).hasValue(4);
  }

  /** CloudFormation waits for its answer for longer than the function lives. */
  @Test
  void whatStaysRefusedIsAnsweredBeforeTheFunctionEnds() {
    var answer = create(Integer.MAX_VALUE, "AccessDeniedException");

    assertThat(answer.getStatus()).isEqualTo(Response.Status.FAILED);
    assertThat(Duration.ofMillis(waited.get()))
        .isBetween(Duration.ofSeconds(30), TIMEOUT.minusSeconds(10));
  }

  @Test
  void whatFailsOtherwiseFailsAtOnce() {
    var answer = create(1, "ResourceNotFoundException");

    assertThat(answer.getStatus()).isEqualTo(Response.Status.FAILED);
    assertThat(tries).hasValue(1);
  }

  private Response create(int failures, String code) {
    var resource =
        new CustomResource(
            () -> {
              if (tries.incrementAndGet() <= failures) {
                throw failure(code);
              }
            },
            time -> waited.addAndGet((int) time.toMillis()));
    var context =
        new Invocation("KeyRotationFunction", () -> (int) TIMEOUT.toMillis() - waited.get());
    return resource.create(new CloudFormationCustomResourceEvent(), context);
  }

  private static AwsServiceException failure(String code) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }
}
