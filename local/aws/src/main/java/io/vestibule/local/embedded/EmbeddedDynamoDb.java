package io.vestibule.local.embedded;

import java.io.IOException;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB and its streams, by AWS's DynamoDB Local: in memory, one database for all regions and
 * access keys. Only its request handler is used. Its own server would listen on every interface,
 * and its own start-up would report the start to AWS.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {

  private static final boolean IN_MEMORY = true;
  private static final boolean SHARED = true;
  private static final boolean DELAY_TRANSIENT_STATUSES = false;

  /** No origin: no page in a developer's browser may read the tables. */
  private static final String CROSS_ORIGIN = "";

  /**
   * Kept here, as java.util.logging forgets the level of a logger to which there is no reference.
   */
  private final Logger nativeLibrary = Logger.getLogger("com.almworks.sqlite4java");

  private final LocalDynamoDBServerHandler handler;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private EmbeddedDynamoDb() throws DynamoDBLocalServiceException {
    nativeLibrary.setLevel(Level.WARNING);
    handler =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, IN_MEMORY, null, SHARED, DELAY_TRANSIENT_STATUSES),
            CROSS_ORIGIN);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
  }

  /** Starts a new, empty database on a free port. */
  public static EmbeddedDynamoDb start() throws IOException {
    try {
      var database = new EmbeddedDynamoDb();
      Jetty.run("starting DynamoDB Local", database.server::start);
      return database;
    } catch (DynamoDBLocalServiceException e) {
      throw new IOException("DynamoDB Local does not start", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    Jetty.run("stopping DynamoDB Local", server::stop);
    handler.close();
  }
}
