package io.vestibule.backup;

import io.vestibule.core.Env;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The backup bucket: objects by their keys. What is written stays, as a version at least. */
public final class Bucket {

  private static final int PRECONDITION_FAILED = 412;

  /** It is gone; another write came at the same time; it is not what was seen. */
  private static final Set<Integer> CHANGED = Set.of(404, 409, PRECONDITION_FAILED);

  private final S3Client s3;
  private final String name;

  public Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  public static Bucket of(Env env, String name) {
    return new Bucket(Bulk.configure(S3Client.builder(), env).build(), name);
  }

  public String name() {
    return name;
  }

  /**
   * Writes an object.
   *
   * @return its entity tag, by which exactly this content can be read again
   */
  public String put(String key, byte[] content) {
    return put(key, RequestBody.fromBytes(content));
  }

  /** Writes an object from a file. */
  public String put(String key, Path file) {
    return put(key, RequestBody.fromFile(file));
  }

  private String put(String key, RequestBody body) {
    return s3.putObject(put -> put.bucket(name).key(key), body).eTag();
  }

  /**
   * Writes an object, if it is still as it was seen.
   *
   * @param etag its entity tag then; empty if there was none
   * @return its new entity tag; empty if it was not written, and also if the answer was lost and
   *     the write was tried again
   */
  Optional<String> putOver(String key, Optional<String> etag, byte[] content) {
    try {
      var written =
          s3.putObject(
              put -> {
                put.bucket(name).key(key);
                etag.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
              },
              RequestBody.fromBytes(content));
      return Optional.of(written.eTag());
    } catch (S3Exception e) {
      if (CHANGED.contains(e.statusCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A small object, whole; empty if there is none. */
  public Optional<byte[]> find(String key) {
    return look(key).map(ResponseBytes::asByteArray);
  }

  /** A small object with its entity tag; empty if there is none. */
  public Optional<ResponseBytes<GetObjectResponse>> look(String key) {
    try {
      return Optional.of(s3.getObjectAsBytes(get -> get.bucket(name).key(key)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** What an object's stream is read with. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * Reads.
     *
     * @param etag the object's entity tag
     */
    public T read(InputStream content, String etag) throws IOException;
  }

  /**
   * Reads an object as a stream.
   *
   * @throws RefusedBackup if there is none
   */
  public <T> T read(String key, Reader<T> reader) {
    try (var content = s3.getObject(get -> get.bucket(name).key(key))) {
      return reader.read(content, content.response().eTag());
    } catch (NoSuchKeyException e) {
      throw new RefusedBackup(key, "is missing");
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  /**
   * Reads an object as it was when it was seen under this entity tag.
   *
   * @throws RefusedBackup if it is not the same any more
   */
  <T> T readSame(String key, String etag, Reader<T> reader) {
    try (var content = s3.getObject(get -> get.bucket(name).key(key).ifMatch(etag))) {
      return reader.read(content, etag);
    } catch (S3Exception e) {
      if (e instanceof NoSuchKeyException || e.statusCode() == PRECONDITION_FAILED) {
        throw new RefusedBackup(key, "was changed after it had been checked");
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  /** Takes an object out of sight; where the bucket is locked, its version stays until its day. */
  public void delete(String key) {
    s3.deleteObject(delete -> delete.bucket(name).key(key));
  }

  /** The keys that begin with this, in the order of their names. */
  public List<String> keys(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** What stands between this prefix and the next slash, in the order of the names. */
  List<String> folders(String prefix) {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(folder -> folder.prefix().substring(prefix.length()).replace("/", ""))
        .toList();
  }
}
