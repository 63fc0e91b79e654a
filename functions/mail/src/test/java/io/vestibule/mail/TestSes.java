package io.vestibule.mail;

import static java.util.Objects.requireNonNull;

import io.vestibule.core.Env;
import io.vestibule.store.AwsClients;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Senders with the mailer's role, whose calls tests look at, or spoil. */
final class TestSes {

  private TestSes() {}

  /** Which trouble SES has with a call; empty for none. */
  interface Trouble extends ExecutionInterceptor {

    Optional<SdkException> with(Context.BeforeExecution call);

    @Override
    default void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
      with(call)
          .ifPresent(
              exception -> {
                throw exception;
              });
    }
  }

  /**
   * A sender.
   *
   * @param variables the mailer's environment
   * @param interceptor of its calls
   */
  static MailSender sender(Map<String, String> variables, ExecutionInterceptor interceptor) {
    var ses =
        AwsClients.configure(SesV2Client.builder(), Env.of(variables))
            .overrideConfiguration(override -> override.addExecutionInterceptor(interceptor))
            .build();
    return new MailSender(
        ses,
        "Example",
        requireNonNull(variables.get("SENDER_ADDRESS")),
        requireNonNull(variables.get("CONFIGURATION_SET")));
  }
}
