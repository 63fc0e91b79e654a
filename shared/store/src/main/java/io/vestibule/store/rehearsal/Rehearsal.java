package io.vestibule.store.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.crac.Context;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays what a function does for its first visitors, before Lambda takes the snapshot that it
 * starts from. Whoever comes after a restore would wait for the same classes to be loaded, and for
 * the same forms to be read.
 *
 * <p>A snapshot is cloned. So the play has a function of its own, with a table of its own in this
 * process, credentials that are none, and a clock that stands; the real one gets nothing from it
 * but forms and pages, which are the same in every clone. What the play logs and counts did not
 * happen: it goes nowhere.
 *
 * <p>It must never keep the function from starting: a version whose start fails is not published.
 * So no error of the play goes on either. One that fails is told in the log, and visitors wait as
 * long as they would without it.
 */
public final class Rehearsal implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

  private final Env env;
  private final Play play;

  /**
   * A rehearsal.
   *
   * @param env of the function: in the play, it has the same names of everything
   */
  public Rehearsal(Env env, Play play) {
    this.env = env;
    this.play = play;
  }

  /** What is played. */
  public interface Play {

    /** The rows that the play needs, each by its key, as DynamoDB writes them in JSON. */
    Map<String, ObjectNode> rows();

    /**
     * Does what visitors will have done.
     *
     * @param env leads to the rows, and to nothing else
     * @throws IllegalStateException something is not answered as it should be
     */
    void act(Env env) throws IOException;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    failure()
        .ifPresent(
            failure ->
                LOG.warn(
                    "The snapshot is not rehearsed", OperatorCode.NOT_REHEARSED.entry(), failure));
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {}

  private Optional<Redacted> failure() {
    var real = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, real.charset()));
    try (var table = StageTable.of(play.rows())) {
      play.act(env.with(table.variables()));
      greetNobody();
      return Optional.empty();
    } catch (IOException | GeneralSecurityException | RuntimeException | Error e) {
      return Optional.of(new Redacted(e));
    } finally {
      System.setOut(real);
    }
  }

  /** AWS is reached by TLS: the authorities are read, and what would be sent first is made. */
  private static void greetNobody() throws IOException, GeneralSecurityException {
    var engine = SSLContext.getDefault().createSSLEngine("example.com", 443);
    engine.setUseClientMode(true);
    var hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
  }
}
