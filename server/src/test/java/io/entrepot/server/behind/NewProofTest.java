// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.behind;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import io.entrepot.server.database.Database;
import io.entrepot.server.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that was damaged and is proved again. */
class NewProofTest {

  @TempDir Path folder;

  @Test
  void a_new_proof_makes_a_damaged_copy_good() throws IOException {
    TestServer server = TestServer.shared();
    TestClient admin = server.admin();
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    line.put("a.dat", "content");
    fixture.harvest(line);
    String id = fixture.file(line, "a.dat").get("id").asString();
    String file = "/api/files/" + id;
    Files.writeString(line.copyOf("a.dat"), "c0ntent");
    admin.get(file + "/content").expect(500);
    assertThat(state(admin, file)).isEqualTo("damaged");

    Files.writeString(line.copyOf("a.dat"), "content");
    proveAgain(server, Id.fromUuid(UUID.fromString(id)));

    assertThat(admin.get(file + "/content").expect(200).text()).isEqualTo("content");
    assertThat(state(admin, file)).isEqualTo("proved");
  }

  private static String state(TestClient admin, String file) {
    return admin.get(file + "/custody").expect(200).json().at("/copies/0/state").asString();
  }

  /** As whatever re-checks copies enters it. */
  private static void proveAgain(TestServer server, Id file) {
    Ledger ledger = server.part(Ledger.class);
    CustodyEntry damage = ledger.story(file).entries().getFirst().entry();
    CustodyEntry proof =
        new CustodyEntry(
            CustodyEvent.REVERIFIED,
            damage.file(),
            damage.content(),
            damage.route(),
            damage.cause());
    server.part(Database.class).write(() -> ledger.append(List.of(proof)));
  }
}
