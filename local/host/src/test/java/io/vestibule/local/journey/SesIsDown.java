package io.vestibule.local.journey;

import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.Disturbance;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;

/** SES takes no mail now, and may later. */
final class SesIsDown implements Disturbance {

  @Override
  public void before(Call call) {
    if (call.operation().equals("SendEmail")) {
      throw SendingPausedException.builder()
          .statusCode(400)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("Injected").build())
          .build();
    }
  }
}
