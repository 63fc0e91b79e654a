package io.vestibule.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A table that an earlier run has made, and that is taken up with all that is in it. What an update
 * of the stack could add to it is added; an index that the template does not name any more stays,
 * so that the version before and the version after can take turns.
 *
 * @param properties of the template, for the place of a fault
 */
record ExistingTable(DynamoDbClient dynamoDb, String name, Properties properties) {

  private static final int LONGEST_WAIT_SECONDS = 300;

  /**
   * Makes it what is wanted.
   *
   * @throws TemplateException naming what would need a new table
   */
  TableDescription become(CreateTableRequest wanted) {
    TableDescription found = describe().table();
    if (!keys(found.keySchema(), found.attributeDefinitions())
        .equals(keys(wanted.keySchema(), wanted.attributeDefinitions()))) {
      throw unchangeable("KeySchema");
    }
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      become(found, index, wanted);
    }
    if (wanted.streamSpecification() != null) {
      become(found, wanted.streamSpecification());
    }
    return describe().table();
  }

  private void become(TableDescription found, GlobalSecondaryIndex index, CreateTableRequest all) {
    for (GlobalSecondaryIndexDescription there : found.globalSecondaryIndexes()) {
      if (there.indexName().equals(index.indexName())) {
        if (!keys(there.keySchema(), found.attributeDefinitions())
                .equals(keys(index.keySchema(), all.attributeDefinitions()))
            || !isSame(there.projection(), index.projection())) {
          throw unchangeable("GlobalSecondaryIndexes/" + index.indexName());
        }
        return;
      }
    }
    add(index, all.attributeDefinitions());
  }

  private void add(GlobalSecondaryIndex index, List<AttributeDefinition> definitions) {
    TableDescription now = describe().table();
    Set<String> used =
        Stream.of(
                now.attributeDefinitions().stream().map(AttributeDefinition::attributeName),
                index.keySchema().stream().map(KeySchemaElement::attributeName))
            .flatMap(names -> names)
            .collect(Collectors.toSet());
    dynamoDb.updateTable(
        update ->
            update
                .tableName(name)
                .attributeDefinitions(
                    definitions.stream()
                        .filter(definition -> used.contains(definition.attributeName()))
                        .toList())
                .globalSecondaryIndexUpdates(List.of(create(index))));
    awaitIndexes();
  }

  private static GlobalSecondaryIndexUpdate create(GlobalSecondaryIndex index) {
    return GlobalSecondaryIndexUpdate.builder()
        .create(
            create ->
                create
                    .indexName(index.indexName())
                    .keySchema(index.keySchema())
                    .projection(index.projection()))
        .build();
  }

  /** DynamoDB takes one change of an index at a time. */
  private void awaitIndexes() {
    var waiter =
        Waiter.builder(DescribeTableResponse.class)
            .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(ExistingTable::isReady))
            .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(response -> true))
            .overrideConfiguration(
                wait ->
                    wait.maxAttempts(LONGEST_WAIT_SECONDS)
                        .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofSeconds(1))))
            .build();
    var _ = waiter.run(this::describe);
  }

  private static boolean isReady(DescribeTableResponse response) {
    return response.table().globalSecondaryIndexes().stream()
        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }

  private void become(TableDescription found, StreamSpecification wanted) {
    StreamSpecification there = found.streamSpecification();
    if (there == null || !Boolean.TRUE.equals(there.streamEnabled())) {
      dynamoDb.updateTable(update -> update.tableName(name).streamSpecification(wanted));
    } else if (there.streamViewType() != wanted.streamViewType()) {
      throw unchangeable(
          "StreamSpecification"); // A new stream begins without what the old one has.
    }
  }

  private DescribeTableResponse describe() {
    return dynamoDb.describeTable(request -> request.tableName(name));
  }

  private TemplateException unchangeable(String property) {
    return properties.fault(
        property, "the table " + name + " is there already and has another, which cannot change");
  }

  /** Each key attribute with its type and its part in the key. */
  private static List<String> keys(
      List<KeySchemaElement> schema, List<AttributeDefinition> definitions) {
    return schema.stream()
        .map(
            key ->
                key.keyTypeAsString()
                    + definitions.stream()
                        .filter(it -> it.attributeName().equals(key.attributeName()))
                        .findFirst()
                        .orElseThrow())
        .toList();
  }

  private static boolean isSame(Projection one, Projection other) {
    return Objects.equals(one.projectionType(), other.projectionType())
        && Set.copyOf(one.nonKeyAttributes()).equals(Set.copyOf(other.nonKeyAttributes()));
  }
}
