package io.vestibule.store;

import io.vestibule.core.Env;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Where AWS is, and who asks it.
 *
 * @param endpoint of all services, where they are not AWS's own
 */
public record AwsAccess(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

  /** As a function's environment names it. */
  public static AwsAccess of(Env env) {
    return env.read(
        from ->
            new AwsAccess(
                Region.of(from.text("AWS_REGION")),
                credentials(from),
                from.optional("AWS_ENDPOINT_URL").map(URI::create)));
  }

  /**
   * Under SnapStart, Lambda gives no credentials in variables: there they come from its endpoint,
   * which the SDK's own search would try after everything else.
   */
  private static AwsCredentialsProvider credentials(Env.Reader from) {
    var id = from.optional("AWS_ACCESS_KEY_ID");
    var secret = from.optional("AWS_SECRET_ACCESS_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      return from.optional("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()
          ? ContainerCredentialsProvider.create()
          : DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        from.optional("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(
                token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
            .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
  }
}
