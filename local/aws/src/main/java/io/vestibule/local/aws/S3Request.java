package io.vestibule.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.aws.Backend.Request;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An S3 request in path style, taken apart.
 *
 * @param bucket empty if it is about the account
 * @param key empty if it is about the bucket
 * @param query its parameters; one without a value has the empty string
 */
public record S3Request(
    String method, String bucket, String key, Map<String, String> query, boolean isCopy) {

  /** Parameters that say how, not what. All others name another operation. */
  private static final Set<String> DETAILS =
      Set.of(
          "continuation-token",
          "delimiter",
          "encoding-type",
          "fetch-owner",
          "key-marker",
          "marker",
          "max-keys",
          "prefix",
          "start-after",
          "version-id-marker",
          "versionId",
          "x-id");

  public static S3Request of(Request request) {
    String[] target = request.target().split("\\?", 2);
    String path = target[0].startsWith("/") ? target[0].substring(1) : target[0];
    String[] names = path.split("/", 2);
    return new S3Request(
        request.method(),
        decode(names[0]),
        names.length > 1 ? decode(names[1]) : "",
        target.length > 1 ? parameters(target[1]) : Map.of(),
        request.header("x-amz-copy-source").isPresent());
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new TreeMap<String, String>();
    for (String parameter : query.split("&", -1)) {
      String[] nameAndValue = parameter.split("=", 2);
      parameters.put(
          decode(nameAndValue[0]), nameAndValue.length > 1 ? decode(nameAndValue[1]) : "");
    }
    return parameters;
  }

  /** S3 keeps a plus sign in a path; clients send a space as %20 in both places. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  public String operation() {
    var others = new TreeMap<>(query);
    others.keySet().removeAll(DETAILS);
    String what = key.isEmpty() ? "bucket" : "key";
    String request = method + " " + what + " " + String.join(",", others.keySet());
    return switch (request.strip()) {
      case "GET key" -> "GetObject";
      case "HEAD key" -> "HeadObject";
      case "PUT key" -> isCopy ? "CopyObject" : "PutObject";
      case "DELETE key" -> "DeleteObject";
      case "POST key uploads" -> "CreateMultipartUpload";
      case "PUT key partNumber,uploadId" -> isCopy ? "UploadPartCopy" : "UploadPart";
      case "POST key uploadId" -> "CompleteMultipartUpload";
      case "DELETE key uploadId" -> "AbortMultipartUpload";
      case "GET bucket" -> bucket.isEmpty() ? "ListBuckets" : "ListObjects";
      case "GET bucket list-type" -> "ListObjectsV2";
      case "GET bucket versions" -> "ListObjectVersions";
      case "HEAD bucket" -> "HeadBucket";
      case "PUT bucket" -> "CreateBucket";
      case "PUT bucket versioning" -> "PutBucketVersioning";
      case "DELETE bucket" -> "DeleteBucket";
      default -> request;
    };
  }
}
