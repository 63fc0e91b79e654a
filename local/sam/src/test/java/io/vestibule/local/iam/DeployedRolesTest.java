package io.vestibule.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.account.Account;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.dynamodb.ExportEmulator;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.embedded.EmbeddedS3;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.gateway.Gateway;
import io.vestibule.local.kms.KmsEmulator;
import io.vestibule.local.ses.SesEmulator;
import io.vestibule.local.template.Deployment;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Lambda;
import io.vestibule.local.template.Target;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The roles of the real template, deployed through the gateway into the real parts behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployedRolesTest {

  private static final Target TARGET = new Target("eu-central-1", "123456789012", "vestibule");

  private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final Gateway gateway = gateway();
  private Stack stack;
  private Authorizer authorizer;

  DeployedRolesTest() throws IOException {}

  private Gateway gateway() throws IOException {
    var clock = Clock.systemUTC();
    var random = new SecureRandom();
    var objects = new Forward(s3.endpoint());
    return new Gateway(
        0,
        Map.of(
            "dynamodb",
            new ExportEmulator(
                new Forward(dynamoDb.endpoint()),
                objects,
                TARGET.region(),
                TARGET.account(),
                clock,
                random),
            "s3",
            objects,
            "kms",
            new KmsEmulator(TARGET.region(), TARGET.account(), clock, random),
            "ses",
            new SesEmulator(TARGET.region(), TARGET.account(), clock, random, event -> {})),
        new CallLog(100),
        clock);
  }

  @BeforeAll
  void deploy() throws IOException {
    var template = Template.read(Path.of("..", "..", "template.yaml"));
    try (var operator = Operator.at(gateway.endpoint(), TARGET.region())) {
      stack = Deployment.deploy(template, Account.PARAMETERS, TARGET, operator);
    }
    authorizer = new Authorizer(stack);
    gateway.enforce(authorizer);
  }

  @AfterAll
  void close() throws IOException {
    gateway.close();
    s3.close();
    dynamoDb.close();
  }

  @Test
  void lambdaMayDoWithEachRoleWhatItHasToAndNoRoleHasMoreOfThat() {
    for (Lambda function : stack.functions()) {
      String name = function.logicalId();
      Decision decision = authorizer.decide(name, new Derived(stack).accesses(function));

      assertThat(decision).isInstanceOf(Decision.Allowed.class);
      assertThat(authorizer.unused(name))
          .isNotEmpty()
          .filteredOn(grant -> !grant.resource().contains("backupbucket")) // Of no failed record.
          .extracting(Grant::action)
          .noneMatch(action -> action.matches("logs:.*|s3:.*|dynamodb:.*(Stream|Record|Shard).*"));
    }
  }

  @Test
  void theDoorGetsThroughToTheRealTableAndNoFurther() {
    try (var intake = client("IntakeFunction");
        var verify = client("VerifyFunction")) {
      var id = Map.of("id", AttributeValue.fromS("s1"));
      intake.putItem(put -> put.tableName("submissions").item(id));

      var link = read(verify, Select.SPECIFIC_ATTRIBUTES, "id, linkNo");

      assertThat(link.items()).containsExactly(id);
      assertDenied(() -> read(verify, Select.SPECIFIC_ATTRIBUTES, "id, sealed"));
      assertDenied(() -> read(verify, Select.ALL_ATTRIBUTES, null));
      assertDenied(() -> intake.getItem(get -> get.tableName("submissions").key(id)));
      assertDenied(() -> verify.getItem(get -> get.tableName("submissions").key(id)));
      assertDenied(() -> verify.putItem(put -> put.tableName("submissions").item(id)));
    }
  }

  private static QueryResponse read(
      DynamoDbClient client, Select select, @Nullable String columns) {
    return client.query(
        query ->
            query
                .tableName("submissions")
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("s1")))
                .select(select)
                .projectionExpression(columns));
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("because no identity-based policy allows the dynamodb:");
  }

  private DynamoDbClient client(String function) {
    return DynamoDbClient.builder()
        .endpointOverride(gateway.endpoint())
        .region(Region.of(TARGET.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(function, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
