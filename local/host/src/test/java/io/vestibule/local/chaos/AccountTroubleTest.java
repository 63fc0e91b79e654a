package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/** What SES has against the account is no fault of a submission: its mail waits, and goes out. */
class AccountTroubleTest extends Journey {

  private static final int TIMES = 3;

  /** How often a record comes again before those behind it have their turn. */
  private static final int REFUSED = 5;

  static Stream<AwsServiceException> troubles() {
    return Stream.of(
        answer(AccountSuspendedException.builder()),
        answer(SendingPausedException.builder()),
        answer(LimitExceededException.builder()),
        answer(TooManyRequestsException.builder()),
        answer(MailFromDomainNotVerifiedException.builder()),
        answer(MessageRejectedException.builder()),
        answer(NotFoundException.builder()));
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aMailThatSesDoesNotTakeNowIsTriedAgain(AwsServiceException trouble) throws Exception {
    var refusal = new Refusal(trouble, TIMES);
    int before = Books.of(tables).mailsCounted();
    CallInterceptor.disturb(refusal);
    var ada = somebody();

    var id = ada.submits(Map.of());

    assertThat(ada.mails()).hasSize(1);
    assertThat(tables.status(id)).isEqualTo("MAILED");
    assertThat(refusal.refused.get()).isEqualTo(TIMES);
    assertThat(Books.of(tables).mailsCounted() - before).as("counted").isEqualTo(1);
  }

  @Test
  void aMailThatSesNeverTakesIsHeld() throws Exception {
    CallInterceptor.disturb(new Refusal(answer(BadRequestException.builder()), 1));

    var id = somebody().submits(Map.of());
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD mail-failed");
  }

  @Test
  void aMailThatSesRefusesWhileItTakesOthersKeepsNobodyWaitingAndIsHeld() throws Exception {
    var tries = new AtomicInteger();
    var others = Set.of(REFUSED + 1, REFUSED + 3);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.operation().equals("SendEmail") && !others.contains(tries.incrementAndGet())) {
              throw answer(SesV2Exception.builder()); // Such as AccessDenied, which has no class.
            }
          }
        });

    var refused = somebody().submits(Map.of());
    host.drain(LIMIT);
    assertThat(tables.status(refused)).as("left to the reconciler").isEqualTo("MAILING");
    assertThat(tries).hasValue(REFUSED);

    takesAnother();
    reconcile();
    assertThat(tables.status(refused)).as("it may be another outage").isEqualTo("MAILING");

    takesAnother();
    reconcile();
    assertThat(tables.status(refused)).isEqualTo("HELD mail-failed");
    assertThat(tries).hasValue(REFUSED + 4);
  }

  private void takesAnother() throws Exception {
    var another = somebody().submits(Map.of());
    host.drain(LIMIT);
    assertThat(tables.status(another)).isEqualTo("MAILED");
  }

  private void reconcile() throws Exception {
    clock.advance(Duration.ofMinutes(6));
    host.functions().invoke("ReconcileFunction", JsonNodeFactory.instance.objectNode(), "test");
    host.drain(LIMIT);
  }

  /** With a code, as each answer of AWS has one, and as the SDK relies on. */
  private static AwsServiceException answer(AwsServiceException.Builder builder) {
    return builder
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("Injected").build())
        .build();
  }

  /** SES says no, so many times. */
  private record Refusal(AwsServiceException trouble, int times, AtomicInteger refused)
      implements Disturbance {

    Refusal(AwsServiceException trouble, int times) {
      this(trouble, times, new AtomicInteger());
    }

    @Override
    public void before(Call call) {
      if (call.operation().equals("SendEmail") && refused.get() < times) {
        refused.incrementAndGet();
        throw trouble;
      }
    }
  }
}
