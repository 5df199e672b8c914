// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.settings.EntrepotSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class IdentityWiring {

  @Bean
  AuditTrail auditTrail(AuditLog log) {
    return new AuditTrail(log);
  }

  @Bean
  LocalAccounts localAccounts(EntrepotSettings settings) {
    return new LocalAccounts(settings.login().localAccounts(), settings.openid().name());
  }

  @Bean
  IdentityTools identityTools(
      IdSource ids,
      InstantSource clock,
      SecureRandom random,
      AuditTrail audit,
      LocalAccounts local) {
    return new IdentityTools(ids, clock, random, audit, local);
  }

  @Bean
  PasswordWork passwordWork() {
    return PasswordWork.STANDARD;
  }

  @Bean
  Passwords passwords(PasswordWork work) {
    return new Passwords(work);
  }

  @Bean
  SignIn signIn(Database database, Logins logins, Passwords passwords, IdentityTools tools) {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, tools.clock());
    return new SignIn(database, logins, passwords, throttle, tools.audit(), tools.localAccounts());
  }

  @Bean
  Logins logins(Database database, EntrepotSettings settings, IdentityTools tools) {
    Path file = settings.data().resolve("keys").resolve("jwt.key");
    byte[] key = TokenKey.open(file, tools.random());
    return new Logins(database, new JwtTokens(key, tools.clock()), tools);
  }

  @Bean
  ApiKeys apiKeys(Database database, IdentityTools tools) {
    return new ApiKeys(database, tools);
  }

  @Bean
  LocalTokens localTokens(Database database, ApiKeys keys, IdentityTools tools) {
    return new LocalTokens(database, keys, tools);
  }

  @Bean
  LocalSession localSession(Logins logins) {
    return new LocalSession(logins);
  }

  @Bean
  Authenticator authenticator(
      Logins logins, ApiKeys keys, LocalSession local, AuditLog log, InstantSource clock) {
    RecentCredentials recent = new RecentCredentials(clock);
    log.onEntry(recent::changed);
    return new Credentials(logins, keys, local, recent);
  }

  @Bean
  Accounts accounts(Database database, Logins logins, Passwords passwords, IdentityTools tools) {
    return new Accounts(database, logins, passwords, tools);
  }

  @Bean
  Teams groups(Database database, IdentityTools tools) {
    return new Teams(Team.Kind.GROUP, database, tools);
  }

  @Bean
  Teams projects(Database database, IdentityTools tools) {
    return new Teams(Team.Kind.PROJECT, database, tools);
  }

  @Bean
  Memberships memberships(Database database) {
    return new Memberships(database);
  }

  @Bean
  OpenIdAccounts openIdAccounts(
      Database database, Accounts accounts, EntrepotSettings settings, IdentityTools tools) {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, tools.clock());
    return new OpenIdAccounts(database, accounts, throttle, settings.openid(), tools);
  }

  @Bean
  Registrar registrar(
      Accounts accounts, EntrepotSettings settings, LocalAccounts local, IdentityTools tools) {
    Throttle throttle = new Throttle(Throttle.REGISTRATION, tools.clock());
    return new Registrar(accounts, settings.registration(), local, throttle);
  }

  @Bean
  FirstAdministrator firstAdministrator(
      Database database, Accounts accounts, IdentityTools tools, EntrepotSettings settings) {
    Path file = settings.data().resolve("keys").resolve("set-up.token");
    FirstAdministrator first = new FirstAdministrator(database, accounts, tools, file);
    first.makeConfigured(settings.admin());
    return first;
  }

  @Bean
  AccountRecovery recovery(
      Database database, Accounts accounts, Outbox outbox, IdentityTools tools) {
    Throttle throttle = new Throttle(Throttle.LINKS, tools.clock());
    return new AccountRecovery(database, accounts, outbox, throttle, tools);
  }
}
