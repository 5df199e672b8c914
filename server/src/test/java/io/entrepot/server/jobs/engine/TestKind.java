// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.Recovery;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A kind made of a few lines of a test. */
record TestKind(String name, Recovery recovery, boolean pausable, Body body) implements JobKind {

  static TestKind of(Body body) {
    return new TestKind("test", Recovery.RESUME, true, body);
  }

  static TestKind failing(Body body) {
    return new TestKind("test", Recovery.FAIL, false, body);
  }

  @Override
  public Optional<String> lockKey(JsonNode parameters) {
    return parameters.path("lock").isString()
        ? Optional.of(parameters.path("lock").asString())
        : Optional.empty();
  }

  @Override
  public Optional<String> disabled(JsonNode parameters) {
    return parameters.path("off").isString()
        ? Optional.of(parameters.path("off").asString())
        : Optional.empty();
  }

  @Override
  public void run(JobContext context) throws Exception {
    body.run(context);
  }

  interface Body {
    void run(JobContext context) throws Exception;
  }
}
