package io.vestibule.local.ses;

import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Before an emulator's SES: none knows event destinations, moto 5 fails at them. Such a run hears
 * of no bounces.
 */
public record MailWithoutEvents(Backend ses) implements Backend {

  private static final String EVENT_DESTINATION = "CreateConfigurationSetEventDestination";

  @Override
  public Response handle(Request request) throws IOException {
    return Operation.of("ses", request).name().equals(EVENT_DESTINATION)
        ? new Response(
            200, Map.of("Content-Type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8))
        : ses.handle(request);
  }
}
