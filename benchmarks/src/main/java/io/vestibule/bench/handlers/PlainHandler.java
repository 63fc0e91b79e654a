package io.vestibule.bench.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Takes a form's post as one would write it in an afternoon: with what the SDK brings by itself, a
 * data key of KMS for each post, the Enhanced Client and Powertools. It knows one form, proves no
 * address, and has a way to every key in the function that faces the internet.
 */
public final class PlainHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(PlainHandler.class);
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final ObjectMapper mapper = new ObjectMapper();
  private final SecureRandom random = new SecureRandom();
  private final KmsClient kms = KmsClient.create();
  private final String key = System.getenv("KEY");
  private final DynamoDbTable<PlainRow> table =
      DynamoDbEnhancedClient.create()
          .table(System.getenv("TABLE"), TableSchema.fromBean(PlainRow.class));

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answer(event));
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event) {
    var fields = fields(event.getBody());
    if (!fields.getOrDefault("email", "").contains("@")) {
      return response(400, "{\"error\":\"email\"}");
    }
    var row = row(fields);
    table.putItem(row);
    LOG.info("Accepted {}", row.getId());
    MetricsFactory.getMetricsInstance()
        .flushMetrics(
            metrics -> {
              metrics.setNamespace("Plain");
              metrics.addMetric("Accepted", 1, MetricUnit.COUNT);
            });
    return response(202, "{\"id\":\"" + row.getId() + "\"}");
  }

  private static Map<String, String> fields(String body) {
    return Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8),
                pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private PlainRow row(Map<String, String> fields) {
    var dataKey = kms.generateDataKey(it -> it.keyId(key).keySpec(DataKeySpec.AES_256));
    var row = new PlainRow();
    row.setId(UUID.randomUUID().toString());
    row.setCreatedAt(Instant.now().toString());
    row.setDataKey(dataKey.ciphertextBlob());
    row.setNonce(random(NONCE_BYTES));
    row.setContent(encrypted(fields, dataKey.plaintext().asByteArray(), row.getNonce()));
    return row;
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] encrypted(Map<String, String> fields, byte[] dataKey, byte[] nonce) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(dataKey, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(mapper.writeValueAsBytes(fields));
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static APIGatewayV2HTTPResponse response(int status, String body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(Map.of("Content-Type", "application/json"))
        .withBody(body)
        .build();
  }
}
