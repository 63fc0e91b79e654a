package io.vestibule.local.template;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * {@code AWS::DynamoDB::Table}. Encryption and deletion protection are not sent: emulators have
 * neither.
 */
final class Tables {

  /** In days; what AWS takes if a template does not say. */
  private static final int LONGEST_RECOVERY = 35;

  private static final Set<TimeToLiveStatus> EXPIRES =
      EnumSet.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);

  private final DynamoDbClient dynamoDb;
  private final Target target;
  private final Parts parts;

  Tables(DynamoDbClient dynamoDb, Target target, Parts parts) {
    this.dynamoDb = dynamoDb;
    this.target = target;
    this.parts = parts;
  }

  Identity create(String logicalId, Properties properties) {
    properties.ignore("DeletionProtectionEnabled", "Tags");
    String name = properties.optionalText("TableName").orElse(target.nameOf(logicalId));
    TableDescription created = createTable(name, properties);
    expire(name, properties, properties.object("TimeToLiveSpecification"));
    recover(name, properties.object("PointInTimeRecoverySpecification"));

    Optional<String> streamArn = Optional.ofNullable(created.latestStreamArn());
    String arn = target.arn("dynamodb", "table/" + name);
    parts.tables.add(
        new Stack.Table(
            logicalId, name, arn, streamArn, keyArn(properties.object("SSESpecification"))));

    var attributes = new HashMap<>(Map.of("Arn", arn));
    streamArn.ifPresent(stream -> attributes.put("StreamArn", stream));
    return new Identity(name, attributes);
  }

  private TableDescription createTable(String name, Properties properties) {
    if (!properties.text("BillingMode").equals("PAY_PER_REQUEST")) {
      throw properties.fault("BillingMode", "only PAY_PER_REQUEST is known here");
    }
    var request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(
                properties.objects("AttributeDefinitions").stream().map(Tables::attribute).toList())
            .keySchema(keySchema(properties));
    List<GlobalSecondaryIndex> indexes =
        properties.objects("GlobalSecondaryIndexes").stream().map(Tables::index).toList();
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    properties
        .object("StreamSpecification")
        .optionalText("StreamViewType")
        .ifPresent(view -> request.streamSpecification(stream(view)));
    CreateTableRequest wanted = request.build();
    try {
      return create(wanted);
    } catch (ResourceInUseException there) {
      return new ExistingTable(dynamoDb, name, properties).become(wanted);
    }
  }

  private TableDescription create(CreateTableRequest wanted) {
    TableDescription created = dynamoDb.createTable(wanted).tableDescription();
    try (var waiter = DynamoDbWaiter.builder().client(dynamoDb).build()) {
      waiter.waitUntilTableExists(table -> table.tableName(wanted.tableName()));
    }
    return created;
  }

  private void expire(String name, Properties table, Properties expiry) {
    if (!expiry.flag("Enabled")) {
      return;
    }
    String attribute = expiry.text("AttributeName");
    TimeToLiveDescription found =
        dynamoDb.describeTimeToLive(request -> request.tableName(name)).timeToLiveDescription();
    boolean expires = EXPIRES.contains(found.timeToLiveStatus());
    if (expires && !found.attributeName().equals(attribute)) {
      throw table.fault(
          "TimeToLiveSpecification", "the table " + name + " expires by " + found.attributeName());
    }
    if (!expires) { // Who asks twice is refused.
      dynamoDb.updateTimeToLive(
          request ->
              request
                  .tableName(name)
                  .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(attribute)));
    }
  }

  private void recover(String name, Properties recovery) {
    int days = recovery.number("RecoveryPeriodInDays", LONGEST_RECOVERY);
    if (recovery.flag("PointInTimeRecoveryEnabled")) {
      dynamoDb.updateContinuousBackups(
          request ->
              request
                  .tableName(name)
                  .pointInTimeRecoverySpecification(
                      recover ->
                          recover.pointInTimeRecoveryEnabled(true).recoveryPeriodInDays(days)));
    }
  }

  private Optional<String> keyArn(Properties encryption) {
    encryption.allowOnly("SSEType", "KMS");
    Optional<String> key = parts.keyArn(encryption, "KMSMasterKeyId");
    return encryption.flag("SSEEnabled") ? key : Optional.empty();
  }

  private static AttributeDefinition attribute(Properties attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.text("AttributeName"))
        .attributeType(attribute.text("AttributeType"))
        .build();
  }

  private static GlobalSecondaryIndex index(Properties index) {
    Properties projection = index.object("Projection");
    var projected = Projection.builder().projectionType(projection.text("ProjectionType"));
    if (projection.has("NonKeyAttributes")) {
      projected.nonKeyAttributes(projection.texts("NonKeyAttributes"));
    }
    return GlobalSecondaryIndex.builder()
        .indexName(index.text("IndexName"))
        .keySchema(keySchema(index))
        .projection(projected.build())
        .build();
  }

  private static List<KeySchemaElement> keySchema(Properties properties) {
    return properties.objects("KeySchema").stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.text("AttributeName"))
                    .keyType(key.text("KeyType"))
                    .build())
        .toList();
  }

  private static StreamSpecification stream(String viewType) {
    return StreamSpecification.builder().streamEnabled(true).streamViewType(viewType).build();
  }
}
