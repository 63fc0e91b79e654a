package io.vestibule.backup.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.Digests;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.ExportManifests.DataFile;
import io.vestibule.core.Deadline;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedS3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** How far a run comes with the files of an export, and what it tells of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportedFilesTest {

  private static final Deadline NEVER = () -> false;
  private static final Deadline OVER = () -> true;
  private static final int MEGABYTE = 1 << 20;

  @AutoClose private EmbeddedS3 objects;
  @AutoClose private BackendServer server;
  @AutoClose private S3Client s3;
  private Bucket bucket;
  private Optional<String> denied = Optional.empty();
  private List<List<StoredFile>> kept = new ArrayList<>();

  @BeforeAll
  void start() throws IOException {
    objects = EmbeddedS3.start();
    var forward = new Forward(objects.endpoint());
    server = new BackendServer(request -> isDenied(request) ? refusal() : forward.handle(request));
    s3 = Sdk.client(S3Client.builder().forcePathStyle(true), server.endpoint());
    s3.createBucket(create -> create.bucket("copies"));
    bucket = new Bucket(s3, "copies");
  }

  @BeforeEach
  void beginAnew() {
    denied = Optional.empty();
    kept = new ArrayList<>();
  }

  @Test
  void afterSixteenFilesItIsKept() {
    var all = files(17, 1);

    assertThat(read(all, List.of(), NEVER)).extracting(StoredFile::key).isEqualTo(keys(all));
    assertThat(kept).extracting(List::size).containsExactly(16, 17);
  }

  @Test
  void whatIsBeingReadWhenTheTimeIsOverIsLeftToTheNextRun() {
    var large = files(1, MEGABYTE);

    assertThat(read(large, List.of(), overAfter(4))).isEmpty();
    assertThat(read(large, List.of(), NEVER)).extracting(StoredFile::bytes).contains(1L * MEGABYTE);
  }

  @Test
  void withoutTimeOneFileIsReadWholeNevertheless() {
    var all = files(3, MEGABYTE);
    var first = read(all, List.of(), OVER);
    var second = read(all, first, OVER);

    assertThat(first).extracting(StoredFile::key).isEqualTo(keys(all.subList(0, 1)));
    assertThat(second).extracting(StoredFile::key).isEqualTo(keys(all.subList(0, 2)));
  }

  @Test
  void anErrorOfS3DoesNotLoseWhatTheOthersHaveDone() {
    var all = files(5, 1);
    denied = Optional.of(all.getFirst().key());

    assertThatThrownBy(() -> read(all, List.of(), NEVER)).isInstanceOf(S3Exception.class);

    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst()).extracting(StoredFile::key).isEqualTo(keys(all.subList(1, 5)));
  }

  private List<StoredFile> read(List<DataFile> all, List<StoredFile> before, Deadline deadline) {
    return new ExportedFiles(bucket, all, before).read(deadline, kept::add);
  }

  private List<DataFile> files(int count, int length) {
    var content = new byte[length];
    String md5 = new Digests().update(content).file("", 0, length, "").md5();
    return IntStream.range(0, count)
        .mapToObj("%02d.json.gz"::formatted)
        .peek(key -> bucket.put(key, content))
        .map(key -> new DataFile(key, 1, md5))
        .toList();
  }

  private static List<String> keys(List<DataFile> files) {
    return files.stream().map(DataFile::key).toList();
  }

  private static Deadline overAfter(int looks) {
    var seen = new AtomicInteger();
    return () -> seen.incrementAndGet() > looks;
  }

  private boolean isDenied(Backend.Request request) {
    return denied.filter(request.target()::endsWith).isPresent();
  }

  private static Backend.Response refusal() {
    return new Backend.Response(403, Map.of(), new byte[0]);
  }
}
