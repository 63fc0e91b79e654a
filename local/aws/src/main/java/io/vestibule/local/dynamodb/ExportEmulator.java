package io.vestibule.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * DynamoDB's export of a table to S3, put before a database that has no export. All other requests
 * go to the database.
 *
 * <p>There is no continuous backup here: a table can be exported as it is now, and not as it was.
 * The files are real. An export takes a minute by the clock, where AWS takes several; it ends when
 * somebody looks after that. Who may export where is not asked: the door before it does that.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html">ExportTableToPointInTime</a>
 */
public final class ExportEmulator implements Backend {

  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final Duration TAKES = Duration.ofMinutes(1);
  private static final Duration TOKEN_IS_VALID = Duration.ofHours(8);
  private static final Set<String> OURS =
      Set.of("UpdateContinuousBackups", "ExportTableToPointInTime", "DescribeExport");

  private final Backend database;
  private final ExportWriter writer;
  private final Pattern tableArn;
  private final Clock clock;
  private final SecureRandom random;
  private final Set<String> recoverable = new HashSet<>();
  private final Map<String, Export> exports = new HashMap<>();

  /**
   * Stands before a database.
   *
   * @param s3 where exports are written
   */
  public ExportEmulator(
      Backend database,
      Backend s3,
      String region,
      String account,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.writer = new ExportWriter(s3);
    this.tableArn =
        Pattern.compile("arn:aws:dynamodb:%s:%s:table/([\\w.-]+)".formatted(region, account));
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Response handle(Request request) throws IOException {
    String operation = request.jsonOperation().orElse("");
    if (!OURS.contains(operation)) {
      return database.handle(request);
    }
    try {
      var parameters = Parameters.parse(request.body(), "ValidationException");
      ObjectNode answer = perform(operation, parameters, new Database(database, request));
      return new Response(
          200,
          Map.of("Content-Type", CONTENT_TYPE),
          answer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private synchronized ObjectNode perform(String operation, Parameters parameters, Database tables)
      throws Refusal, IOException {
    return switch (operation) {
      case "UpdateContinuousBackups" -> updateContinuousBackups(parameters, tables);
      case "ExportTableToPointInTime" -> answer(order(parameters, tables));
      default -> answer(look(parameters));
    };
  }

  private ObjectNode updateContinuousBackups(Parameters parameters, Database tables)
      throws Refusal, IOException {
    parameters.only("TableName", "PointInTimeRecoverySpecification");
    var wanted =
        parameters
            .object("PointInTimeRecoverySpecification")
            .only("PointInTimeRecoveryEnabled", "RecoveryPeriodInDays");
    String table = identity(tables.table(parameters.required("TableName")));
    boolean enabled = wanted.flag("PointInTimeRecoveryEnabled");
    if (enabled) {
      recoverable.add(table);
    } else {
      recoverable.remove(table);
    }
    ObjectNode description = object().put("ContinuousBackupsStatus", "ENABLED");
    description
        .putObject("PointInTimeRecoveryDescription")
        .put("PointInTimeRecoveryStatus", enabled ? "ENABLED" : "DISABLED");
    return object().set("ContinuousBackupsDescription", description);
  }

  private Export order(Parameters parameters, Database tables) throws Refusal, IOException {
    parameters.only(
        "TableArn",
        "S3Bucket",
        "S3Prefix",
        "S3SseAlgorithm",
        "S3SseKmsKeyId",
        "ExportFormat",
        "ExportType",
        "ExportTime",
        "ClientToken");
    requireWhatIsHere(parameters);
    parameters.required("S3Bucket");
    Optional<Export> known = ordered(parameters);
    if (known.isPresent()) {
      return known.get();
    }
    String name = table(parameters.required("TableArn"));
    JsonNode table = tables.table(name);
    if (!recoverable.contains(identity(table))) {
      throw new Refusal(
          400,
          "PointInTimeRecoveryUnavailableException",
          "Point in time recovery is not enabled for table '%s'".formatted(name));
    }
    Export export = begin(parameters, table, tables);
    exports.put(export.arn(), export);
    return export;
  }

  private static void requireWhatIsHere(Parameters parameters) throws Refusal {
    if (!parameters.text("ExportFormat").orElse("DYNAMODB_JSON").equals("DYNAMODB_JSON")
        || !parameters.text("ExportType").orElse("FULL_EXPORT").equals("FULL_EXPORT")) {
      throw parameters.invalid("The local run knows full exports as DYNAMODB_JSON only.");
    }
    if (parameters.has("ExportTime")) {
      throw new Refusal(
          400, "InvalidExportTimeException", "The local run can export no other time than now.");
    }
  }

  /** The one that this very order was for; another order under the same token is refused. */
  private Optional<Export> ordered(Parameters parameters) throws Refusal {
    Optional<String> token = parameters.text("ClientToken");
    Instant since = clock.instant().minus(TOKEN_IS_VALID);
    for (Export export : exports.values()) {
      if (token.isPresent()
          && export.order().path("ClientToken").asText().equals(token.get())
          && export.start().isAfter(since)) {
        if (!export.order().equals(parameters.json())) {
          throw new Refusal(
              400, "ExportConflictException", "The token was used for another export.");
        }
        return Optional.of(export);
      }
    }
    return Optional.empty();
  }

  private Export begin(Parameters parameters, JsonNode table, Database tables)
      throws IOException, Refusal {
    Instant now = clock.instant();
    var id = "%014d-%08x".formatted(now.toEpochMilli(), random.nextInt());
    var export =
        new Export(
            parameters.json().path("TableArn").asText() + "/export/" + id,
            parameters.json(),
            table.path("TableId").asText(),
            now,
            Optional.empty(),
            List.of(),
            Optional.empty());
    try {
      return export.with(
          writer.data(export, to -> tables.scan(table.path("TableName").asText(), to)));
    } catch (ExportWriter.NoBucket e) {
      return export.failed(Export.NO_BUCKET);
    }
  }

  private Export look(Parameters parameters) throws Refusal, IOException {
    String arn = parameters.only("ExportArn").required("ExportArn");
    Export export = exports.get(arn);
    if (export == null) {
      throw new Refusal(400, "ExportNotFoundException", "Export not found: " + arn);
    }
    boolean isOver = !clock.instant().isBefore(export.start().plus(TAKES));
    if (export.end().isPresent() || !isOver) {
      return export;
    }
    Export ended = export.endedAt(clock.instant());
    if (ended.failure().isEmpty()) {
      writer.manifests(ended);
    }
    exports.put(arn, ended);
    return ended;
  }

  private String table(String arn) throws Refusal {
    var matcher = tableArn.matcher(arn);
    if (!matcher.matches()) {
      throw new Refusal(400, "ValidationException", "Invalid TableArn: " + arn);
    }
    return matcher.group(1);
  }

  /** A table that was dropped and made again is another one. */
  private static String identity(JsonNode table) {
    return table.path("TableName").asText() + "@" + table.path("CreationDateTime").asText();
  }

  private static ObjectNode answer(Export export) {
    return object().set("ExportDescription", export.description());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
