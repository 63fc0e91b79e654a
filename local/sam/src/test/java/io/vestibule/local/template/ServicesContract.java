package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * What a deployment makes of services' resources, whoever stands in for the services. Each test
 * deploys under names of its own.
 */
abstract class ServicesContract {

  private static final String ACCOUNT = "123456789012";

  abstract Operator operator();

  @Test
  void aTableHasItsKeysIndexesStreamAndExpiry() {
    Stack stack =
        deploy(
            "full-",
            """
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: !Sub "${AWS::StackName}submissions"
                  BillingMode: PAY_PER_REQUEST
                  DeletionProtectionEnabled: true
                  PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7}
                  AttributeDefinitions:
                    - {AttributeName: id, AttributeType: S}
                    - {AttributeName: at, AttributeType: "N"}
                    - {AttributeName: open, AttributeType: S}
                  KeySchema:
                    - {AttributeName: id, KeyType: HASH}
                    - {AttributeName: at, KeyType: RANGE}
                  GlobalSecondaryIndexes:
                    - IndexName: byOpen
                      KeySchema: [{AttributeName: open, KeyType: HASH}]
                      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [form]}
                  StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
                  TimeToLiveSpecification: {AttributeName: expiresAt, Enabled: true}
            """);

    var table = operator().dynamoDb().describeTable(b -> b.tableName("full-submissions")).table();
    assertThat(table.keySchema())
        .containsExactly(key("id", KeyType.HASH), key("at", KeyType.RANGE));
    assertThat(table.globalSecondaryIndexes())
        .singleElement()
        .satisfies(
            index -> {
              assertThat(index.indexName()).isEqualTo("byOpen");
              assertThat(index.keySchema()).containsExactly(key("open", KeyType.HASH));
              assertThat(index.projection().nonKeyAttributes()).containsExactly("form");
            });
    assertThat(table.streamSpecification().streamViewType())
        .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    var expiry = operator().dynamoDb().describeTimeToLive(b -> b.tableName("full-submissions"));
    assertThat(expiry.timeToLiveDescription().attributeName()).isEqualTo("expiresAt");
    assertThat(expiry.timeToLiveDescription().timeToLiveStatus())
        .isEqualTo(TimeToLiveStatus.ENABLED);
    assertThat(stack.tables())
        .containsExactly(
            new Stack.Table(
                "Table",
                "full-submissions",
                "arn:aws:dynamodb:eu-central-1:123456789012:table/full-submissions",
                Optional.of(table.latestStreamArn()),
                Optional.empty()));
  }

  @Test
  void aTableAndABucketKnowTheKeyThatEncryptsThem() {
    Stack stack =
        deploy(
            "encrypted-",
            "Resources:\n"
                + table(
                    "ByArn",
                    "SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}")
                + table("ById", "SSESpecification: {SSEEnabled: true, KMSMasterKeyId: !Ref Key}")
                + table("NotEncrypted", "SSESpecification: {SSEEnabled: false}")
                + """
                  Bucket:
                    Type: AWS::S3::Bucket
                    Properties:
                      BucketEncryption:
                        ServerSideEncryptionConfiguration:
                          - BucketKeyEnabled: true
                            ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
                  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
                """);

    Optional<String> key = Optional.of(stack.keys().getFirst().arn());
    assertThat(stack.tables())
        .extracting(Stack.Table::keyArn)
        .containsExactly(key, key, Optional.empty());
    assertThat(stack.buckets()).extracting(Stack.Bucket::keyArn).containsExactly(key);
  }

  @Test
  void aKeyIsMadeAsDescribedAndReachedByItsAlias() {
    Stack stack =
        deploy(
            "keys-",
            """
            Resources:
              Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/keysets, TargetKeyId: !Ref Keysets}}
              Keysets:
                Type: AWS::KMS::Key
                Properties:
                  Description: Wraps keysets
                  MultiRegion: true
                  EnableKeyRotation: true
                  KeyPolicy: {Statement: [{Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}}]}
              Receipts:
                Type: AWS::KMS::Key
                Properties: {KeySpec: ECC_NIST_P256, KeyUsage: SIGN_VERIFY, KeyPolicy: {Statement: []}}
            """);

    var described = operator().kms().describeKey(b -> b.keyId("alias/keysets")).keyMetadata();
    Stack.Key key = stack.keys().getFirst();
    assertThat(key.id()).startsWith("mrk-").isEqualTo(described.keyId());
    assertThat(key.arn()).isEqualTo(described.arn());
    assertThat(key.policy().at("/Statement/0/Principal/AWS").asText())
        .isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(described.multiRegion()).isTrue();
    assertThat(described.description()).isEqualTo("Wraps keysets");
    var receipts =
        operator().kms().describeKey(b -> b.keyId(stack.keys().get(1).id())).keyMetadata();
    assertThat(receipts.keySpecAsString()).isEqualTo("ECC_NIST_P256");
    assertThat(receipts.keyUsageAsString()).isEqualTo("SIGN_VERIFY");
  }

  @Test
  void aBucketIsVersionedWhereTheTemplateSaysSo() {
    Stack stack =
        deploy(
            "buckets-",
            """
            Resources:
              Kept:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: !Sub "${AWS::StackName}kept"
                  VersioningConfiguration: {Status: Enabled}
                  ObjectLockEnabled: true
              Plain: {Type: AWS::S3::Bucket}
              Policy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Kept, PolicyDocument: {}}}
            """);

    assertThat(stack.buckets())
        .containsExactly(
            new Stack.Bucket("Kept", "buckets-kept", "arn:aws:s3:::buckets-kept", Optional.empty()),
            new Stack.Bucket(
                "Plain", "buckets--plain", "arn:aws:s3:::buckets--plain", Optional.empty()));
    assertThat(operator().s3().getBucketVersioning(b -> b.bucket("buckets-kept")).statusAsString())
        .isEqualTo("Enabled");
    assertThat(operator().s3().getBucketVersioning(b -> b.bucket("buckets--plain")).status())
        .isNull();
  }

  @Test
  void mailCanBeSentFromTheIdentityAtOnce() {
    deploy(
        "mail-",
        """
        Resources:
          Sender: {Type: AWS::SES::EmailIdentity, Properties: {EmailIdentity: example.com}}
          Set: {Type: AWS::SES::ConfigurationSet, Properties: {Name: mails, DeliveryOptions: {TlsPolicy: REQUIRE}}}
        """);

    var sent =
        operator()
            .ses()
            .sendEmail(
                mail ->
                    mail.fromEmailAddress("hello@example.com")
                        .destination(to -> to.toAddresses("ada@example.org"))
                        .configurationSetName("mails")
                        .content(
                            content ->
                                content.simple(
                                    simple ->
                                        simple
                                            .subject(subject -> subject.data("Hello"))
                                            .body(body -> body.text(text -> text.data("Hi"))))));
    assertThat(sent.messageId()).isNotBlank();
  }

  @Test
  void aStreamCallsAFunctionAsItsEventSaysAndTheFirstReferenceDecidesTheOrder() {
    Stack stack =
        deploy(
            "stream-",
            """
            Resources:
              Mailer:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: x.Y
                  Role: !GetAtt Role.Arn
                  Events:
                    Submitted:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Table.StreamArn
                        StartingPosition: TRIM_HORIZON
                        BatchSize: 10
                        MaximumBatchingWindowInSeconds: 1
                        MaximumRetryAttempts: 5
                        BisectBatchOnFunctionError: true
                        FunctionResponseTypes: [ReportBatchItemFailures]
                        FilterCriteria: {Filters: [{Pattern: '{"eventName":["INSERT"]}'}]}
                        DestinationConfig: {OnFailure: {Type: S3, Destination: !GetAtt Failed.Arn}}
                    Anything:
                      Type: DynamoDB
                      Properties: {Stream: !GetAtt Table.StreamArn, StartingPosition: TRIM_HORIZON}
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument:
                    Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
              Failed: {Type: AWS::S3::Bucket, Properties: {BucketName: stream-failed}}
            """
                + table("Table", "StreamSpecification: {StreamViewType: NEW_IMAGE}"));

    String streamArn = stack.tables().getFirst().streamArn().orElseThrow();
    assertThat(stack.functions().getFirst().streams())
        .containsExactly(
            new Stack.StreamSource(
                "MailerSubmitted",
                "Table",
                streamArn,
                10,
                List.of(Yaml.parse("eventName: [INSERT]")),
                5,
                true,
                true,
                Optional.of("stream-failed")),
            new Stack.StreamSource(
                "MailerAnything",
                "Table",
                streamArn,
                100,
                List.of(),
                -1,
                false,
                false,
                Optional.empty()));
  }

  @Test
  void whatAServiceRefusesIsNamedWithItsResource() {
    String withoutKey =
        table("Table", "")
            .replace("KeySchema: [{AttributeName: id", "KeySchema: [{AttributeName: x");

    assertThatThrownBy(() -> deploy("refused-", "Resources:\n" + withoutKey))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("Resources/Table: ")
        .hasRootCauseInstanceOf(DynamoDbException.class);
  }

  @Test
  void aSecondDeploymentTakesUpWhatIsThereWithAllThatIsInIt() {
    String yaml =
        """
        Resources:
          Bucket: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
          Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/again, TargetKeyId: !GetAtt Named.Arn}}
          Named: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true, KeyPolicy: {Statement: []}}}
          Unnamed: {Type: AWS::KMS::Key, Properties: {KeySpec: ECC_NIST_P256, KeyUsage: SIGN_VERIFY, KeyPolicy: {Statement: []}}}
          Sender: {Type: AWS::SES::EmailIdentity, Properties: {EmailIdentity: again.example}}
          Set: {Type: AWS::SES::ConfigurationSet, Properties: {Name: again}}
          Events:
            Type: AWS::SES::ConfigurationSetEventDestination
            Properties:
              ConfigurationSetName: !Ref Set
              EventDestination:
                Enabled: true
                MatchingEventTypes: [BOUNCE]
                EventBridgeDestination: {EventBusArn: "arn:aws:events:eu-central-1:123456789012:event-bus/default"}
        """
            + table(
                "Table",
                properties(
                    "StreamSpecification: {StreamViewType: NEW_IMAGE}",
                    "TimeToLiveSpecification: {AttributeName: end, Enabled: true}"));
    Stack first = deploy("again-", yaml);
    String table = first.tables().getFirst().name();
    operator().dynamoDb().putItem(put -> put.tableName(table).item(Map.of("id", text("1"))));
    operator()
        .s3()
        .putObject(
            put -> put.bucket(first.buckets().getFirst().name()).key("a"),
            RequestBody.fromString("b"));

    Stack second = deploy("again-", yaml);

    assertThat(second).isEqualTo(first);
    assertThat(operator().dynamoDb().scan(scan -> scan.tableName(table)).items()).hasSize(1);
    assertThat(
            operator()
                .s3()
                .getObjectAsBytes(get -> get.bucket(second.buckets().getFirst().name()).key("a"))
                .asUtf8String())
        .isEqualTo("b");
  }

  @Test
  @Tag("slow")
  void aTableThatIsThereGetsTheIndexesTheStreamAndTheExpiryOfALaterVersion() {
    deploy("later-", "Resources:\n" + table("Table", ""));

    String later =
        table(
                "Table",
                properties(
                    "StreamSpecification: {StreamViewType: NEW_IMAGE}",
                    "TimeToLiveSpecification: {AttributeName: end, Enabled: true}",
                    "GlobalSecondaryIndexes: [%s, %s]"
                        .formatted(
                            index("byOpen", "open", "KEYS_ONLY"), index("byDue", "due", "ALL"))))
            .replace(
                "AttributeType: S}]",
                "AttributeType: S}, {AttributeName: open, AttributeType: S}, {AttributeName: due, AttributeType: S}]");
    Stack stack = deploy("later-", "Resources:\n" + later);

    String name = stack.tables().getFirst().name();
    assertThat(stack.tables().getFirst().streamArn()).isPresent();
    assertThat(
            operator()
                .dynamoDb()
                .describeTable(b -> b.tableName(name))
                .table()
                .globalSecondaryIndexes())
        .extracting(GlobalSecondaryIndexDescription::indexName)
        .containsExactlyInAnyOrder("byOpen", "byDue");
    assertThat(
            operator()
                .dynamoDb()
                .describeTimeToLive(b -> b.tableName(name))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("end");
    assertThat(deploy("later-", "Resources:\n" + later)).isEqualTo(stack);
    assertThat(deploy("later-", "Resources:\n" + table("Table", "")).tables())
        .extracting(Stack.Table::name)
        .containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource({
    "id, other, Resources/Table/Properties/KeySchema",
    "'AttributeName: id, AttributeType: S', 'AttributeName: id, AttributeType: B', "
        + "Resources/Table/Properties/KeySchema",
    "ProjectionType: ALL, ProjectionType: KEYS_ONLY, "
        + "Resources/Table/Properties/GlobalSecondaryIndexes/byOpen",
    "NEW_IMAGE, KEYS_ONLY, Resources/Table/Properties/StreamSpecification",
    "end, over, Resources/Table/Properties/TimeToLiveSpecification",
    "KeyUsage: ENCRYPT_DECRYPT, 'KeySpec: ECC_NIST_P256, KeyUsage: SIGN_VERIFY', "
        + "Resources/Key/Properties/KeySpec"
  })
  void whatCannotBeChangedInWhatIsThereIsNamed(String before, String after, String place) {
    String yaml =
        """
        Resources:
          Key: {Type: AWS::KMS::Key, Properties: {KeyUsage: ENCRYPT_DECRYPT, KeyPolicy: {Statement: []}}}
        """
            + table(
                    "Table",
                    properties(
                        "StreamSpecification: {StreamViewType: NEW_IMAGE}",
                        "TimeToLiveSpecification: {AttributeName: end, Enabled: true}",
                        "GlobalSecondaryIndexes: [%s]".formatted(index("byOpen", "open", "ALL"))))
                .replace(
                    "AttributeType: S}]",
                    "AttributeType: S}, {AttributeName: open, AttributeType: S}]");
    deploy("fixed-", yaml);

    assertThatThrownBy(() -> deploy("fixed-", yaml.replace(before, after)))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(place + ": the ");
  }

  @Test
  void aKeyThatIsToBeDeletedIsNotTakenUp() {
    String yaml =
        "Resources: {Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}}";
    String id = deploy("doomed-", yaml).keys().getFirst().id();
    operator().kms().scheduleKeyDeletion(key -> key.keyId(id).pendingWindowInDays(7));

    assertThatThrownBy(() -> deploy("doomed-", yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            "Resources/Key/Properties: the key %s is there, and is to be deleted".formatted(id));
  }

  @Test
  void anAliasOfAnotherKeyIsNotTaken() {
    String yaml =
        """
        Resources:
          AliasOne: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/one, TargetKeyId: !Ref One}}
          AliasTwo: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/two, TargetKeyId: !Ref Two}}
          One: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
          Two: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: []}}}
        """;
    deploy("aliases-", yaml);

    assertThatThrownBy(() -> deploy("aliases-", yaml.replace("!Ref Two", "!Ref One")))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            "Resources/AliasTwo/Properties/AliasName: "
                + "alias/two is there already, and stands for another key");
  }

  @Test
  void theRealTemplateDeploysUnderAPrefix() throws IOException {
    var target = new Target(Sdk.REGION.id(), ACCOUNT, "real");
    var parameters =
        Map.of(
            "Prefix", "real-",
            "SenderAddress", "hello@example.net",
            "SenderIdentity", "example.net");

    Stack stack =
        Deployment.deploy(Template.read(TemplateTest.FILE), parameters, target, operator());

    assertThat(operator().dynamoDb().listTables().tableNames())
        .containsAll(stack.tables().stream().map(Stack.Table::name).toList())
        .contains("real-submissions");
    assertThat(operator().kms().describeKey(b -> b.keyId("alias/real-vestibule-keysets")))
        .isNotNull();
  }

  private static String table(String logicalId, String property) {
    return """
      %s:
        Type: AWS::DynamoDB::Table
        Properties:
          BillingMode: PAY_PER_REQUEST
          AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
          KeySchema: [{AttributeName: id, KeyType: HASH}]
          %s
    """
        .formatted(logicalId, property);
  }

  private static String properties(String... each) {
    return String.join("\n      ", each);
  }

  private static String index(String name, String attribute, String projection) {
    return "{IndexName: %s, KeySchema: [{AttributeName: %s, KeyType: HASH}], Projection: {ProjectionType: %s}}"
        .formatted(name, attribute, projection);
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static KeySchemaElement key(String attribute, KeyType type) {
    return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
  }

  /** Deploys with a stack name that is a prefix of its own. */
  private Stack deploy(String stackName, String yaml) {
    var target = new Target(Sdk.REGION.id(), ACCOUNT, stackName);
    return Deployment.deploy(Template.parse(yaml), Map.of(), target, operator());
  }
}
