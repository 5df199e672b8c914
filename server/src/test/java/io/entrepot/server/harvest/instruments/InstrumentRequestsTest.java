// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import org.junit.jupiter.api.Test;

class InstrumentRequestsTest {

  private static InstrumentRequest.Wish wish(int number) {
    return new InstrumentRequest.Wish("NMR " + number, "cellar", "daily", null, "it is needed");
  }

  private static long notices(TestServer server) {
    return server
        .part(Database.class)
        .sql("select count(*) from notice")
        .query(Long.class)
        .single();
  }

  @Test
  void one_account_keeps_ten_requests_open_and_no_more() {
    try (TestServer server = TestServer.start()) {
      InstrumentRequests requests = server.part(InstrumentRequests.class);
      Actor somebody =
          server.part(Accounts.class).findByEmail(TestServer.ADMIN_EMAIL).orElseThrow().actor();
      for (int i = 0; i < 10; i++) {
        requests.create(somebody, wish(i));
      }
      long told = notices(server);

      assertThatThrownBy(() -> requests.create(somebody, wish(10)))
          .hasMessageContaining("10 requests")
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT_STATE));
      assertThat(notices(server)).isEqualTo(told);

      InstrumentRequest first = requests.list(somebody, new Slice(0, 1, false)).items().getFirst();
      requests.update(
          somebody,
          first.id(),
          _ -> new InstrumentRequests.Decision(InstrumentRequest.Status.REJECTED, null));
      assertThat(requests.create(somebody, wish(11))).isNotNull();
    }
  }
}
