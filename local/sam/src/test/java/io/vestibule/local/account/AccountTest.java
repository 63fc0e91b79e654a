package io.vestibule.local.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountTest {

  private Account account;

  @BeforeAll
  void open() throws IOException {
    account = Account.open(Path.of("..", "..", "template.yaml"), Clock.systemUTC());
  }

  @AfterAll
  void close() throws IOException {
    account.close();
  }

  @Test
  void theTemplatesTablesAndBucketsAreThere() {
    assertThat(account.operator().dynamoDb().listTables().tableNames())
        .contains("submissions", "customers", "identities");
    assertThat(account.operator().s3().listBuckets().buckets()).isNotEmpty();
  }

  @Test
  void aFunctionMayDoThereWhatItsRoleAllowsAndNoMore() {
    Map<String, String> variables = account.variables("IntakeFunction");
    try (var dynamoDb = client(variables)) {
      var row = Map.of("id", AttributeValue.fromS("s1"), "form", AttributeValue.fromS("contact"));

      dynamoDb.putItem(put -> put.tableName(variables.get("SUBMISSIONS_TABLE")).item(row));

      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> dynamoDb.scan(scan -> scan.tableName("customers")))
          .withMessageContaining("dynamodb:Scan");
    }
  }

  private static DynamoDbClient client(Map<String, String> variables) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(variables.get("AWS_ENDPOINT_URL")))
        .region(Region.of(variables.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"))))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
