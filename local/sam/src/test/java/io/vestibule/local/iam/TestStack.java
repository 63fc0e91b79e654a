package io.vestibule.local.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Bucket;
import io.vestibule.local.template.Stack.Lambda;
import io.vestibule.local.template.Stack.Role;
import io.vestibule.local.template.Stack.StreamSource;
import io.vestibule.local.template.Stack.Table;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stack with two tables and two buckets, one of each under a key of its own, and one function,
 * {@code Worker}, that listens to the first table.
 */
public final class TestStack {

  public static final String TABLES = "arn:aws:dynamodb:eu-central-1:123456789012:table/";
  public static final String STREAM = TABLES + "notes/stream/2026-01-01T00:00:00.000";
  public static final String TABLE_KEY = "arn:aws:kms:eu-central-1:123456789012:key/table-key";
  public static final String KEYSET_KEY = "arn:aws:kms:eu-central-1:123456789012:key/keyset-key";

  public static final String ALLOW_ALL =
      """
      {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"}
      """;

  private static final String KEYSET_KEY_POLICY =
      """
      {"Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
         "Action": "kms:*", "Resource": "*"},
        {"Sid": "NothingWithoutAUse", "Effect": "Deny", "Principal": "*",
         "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*",
         "Condition": {"Null": {"kms:EncryptionContext:use": "true"}}}]}
      """;

  private TestStack() {}

  /** The stack, with these statements in the function's role. */
  public static Stack with(String... statements) {
    return withKeyPolicy(KEYSET_KEY_POLICY, statements);
  }

  static Stack withKeyPolicy(String keysetKeyPolicy, String... statements) {
    return stack(keysetKeyPolicy, Optional.empty(), Stack.Queue.OF_LAMBDA, statements);
  }

  static Stack withNotesUnder(String keyArn) {
    return stack(KEYSET_KEY_POLICY, Optional.of(keyArn), Stack.Queue.OF_LAMBDA);
  }

  static Stack withQueue(Stack.Queue queue) {
    return stack(KEYSET_KEY_POLICY, Optional.empty(), queue);
  }

  private static Stack stack(
      String keysetKeyPolicy, Optional<String> notesKey, Stack.Queue queue, String... statements) {
    return new Stack(
        "eu-central-1",
        "123456789012",
        List.of(worker(Stream.of(statements).map(TestStack::document).toList(), queue)),
        List.of(
            new Table("NotesTable", "notes", TABLES + "notes", Optional.of(STREAM), notesKey),
            new Table(
                "SecretsTable",
                "secrets",
                TABLES + "secrets",
                Optional.empty(),
                Optional.of(TABLE_KEY))),
        List.of(
            new Stack.Key("TableKey", "table-key", TABLE_KEY, MissingNode.getInstance()),
            new Stack.Key("KeysetKey", "keyset-key", KEYSET_KEY, json(keysetKeyPolicy))),
        List.of(
            new Bucket("OpenBucket", "open", "arn:aws:s3:::open", Optional.empty()),
            new Bucket("SafeBucket", "safe", "arn:aws:s3:::safe", Optional.of(TABLE_KEY))),
        List.of(),
        List.of(),
        List.of());
  }

  private static Lambda worker(List<JsonNode> policies, Stack.Queue queue) {
    var notes =
        new StreamSource(
            "WorkerNotes",
            "NotesTable",
            STREAM,
            10,
            List.of(),
            -1,
            true,
            true,
            Optional.of("safe"));
    return new Lambda(
        "Worker",
        "example.Worker",
        Map.of(),
        Duration.ofSeconds(3),
        512,
        new Role("WorkerRole", policies),
        "/aws/lambda/Worker",
        List.of(),
        List.of(notes),
        List.of(),
        List.of(),
        queue);
  }

  private static JsonNode document(String statement) {
    return json("{\"Version\": \"2012-10-17\", \"Statement\": [%s]}".formatted(statement));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
