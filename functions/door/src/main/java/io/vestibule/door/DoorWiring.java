package io.vestibule.door;

import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wordings;
import io.vestibule.store.AwsClients;
import io.vestibule.store.TimeLimits;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What StaffDoorFunction is made of, from its environment. */
record DoorWiring(Service service, Endpoint endpoint, DoorRoutes routes) {

  /** The function behind the door may have to start first. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final Duration ISSUER_ANSWERS = Duration.ofSeconds(5);

  private record Config(
      Service service,
      String url,
      String issuer,
      String client,
      String clientSecret,
      String scope,
      String function) {

    static Config read(Env.Reader from) {
      return new Config(
          Service.read(from),
          from.text("STAFF_URL"),
          from.text("STAFF_ISSUER"),
          from.text("STAFF_CLIENT_ID"),
          from.text("STAFF_CLIENT_SECRET"),
          from.text("STAFF_SCOPE"),
          from.text("STAFF_FUNCTION"));
    }
  }

  /**
   * Wires the function.
   *
   * @param onFailure is told of each request that cannot be answered
   */
  static DoorWiring of(Env env, Clock clock, Consumer<RuntimeException> onFailure) {
    var config = env.read(Config::read);
    var secrets = AwsClients.configure(SecretsManagerClient.builder(), env).build();
    var languages = new Languages(new Wordings());
    var pages = new Pages(Business.load(), languages);
    return new DoorWiring(
        config.service(),
        new Endpoint(languages, pages, onFailure),
        new DoorRoutes(
            new Issuer(
                config.issuer(),
                config.client(),
                new ClientSecret(
                    () ->
                        secrets
                            .getSecretValue(get -> get.secretId(config.clientSecret()))
                            .secretString(),
                    clock),
                config.scope(),
                URI.create(config.url() + "/staff/callback"),
                TimeLimits.of(env).limit(ISSUER_ANSWERS)),
            new BehindTheDoor(lambda(env), config.function()),
            (request, type) ->
                pages.problem(request, languages.choose(request), Problem.of(type))));
  }

  /** It is asked once: a POST that it was slow to answer may have been done. */
  private static LambdaClient lambda(Env env) {
    var patience = TimeLimits.of(env).limit(PATIENCE);
    return AwsClients.configure(LambdaClient.builder(), env, AwsClients.once(patience))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .build();
  }
}
