// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.edge.answers.Answers;
import io.entrepot.server.identity.Authenticator;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * One chain for the doors, one for the pages; whatever belongs to neither is denied by the last.
 *
 * <p>Chosen by family, on decoded segments of the path. A chain for each family would be the same
 * chain many times: a tenth of the time of a start, and the path read anew for each.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

  private final EndpointAuthorization authorization;
  private final Refusals refusals;
  private final ErrorWriter errors;
  private final Authenticator authenticator;
  private final LocalCallers callers;
  private final CredentialMeter meter;
  private final Set<URI> trusted;

  SecurityChains(
      EndpointAuthorization authorization,
      Refusals refusals,
      ErrorWriter errors,
      ObjectProvider<Authenticator> authenticator,
      CredentialMeter meter,
      EntrepotSettings settings) {
    this.authorization = authorization;
    this.refusals = refusals;
    this.errors = errors;
    this.authenticator = authenticator.getIfAvailable(() -> Authenticator.NOBODY);
    this.callers = new LocalCallers(settings);
    this.meter = meter;
    this.trusted = OtherOrigins.trusted(settings);
  }

  /** Every family that is no page: they differ in their words, not in how they are guarded. */
  @Bean
  @Order(1)
  SecurityFilterChain doorsChain(HttpSecurity http, Answers answers) {
    return door(
            http.csrf(AbstractHttpConfigurer::disable),
            family -> family != Family.PAGES && family != Family.NONE)
        .addFilterAfter(new SharedBody(), SameOriginFilter.class)
        .addFilterAfter(new IdempotencyFilter(answers, errors), RequestGuard.class)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain pagesChain(HttpSecurity http) {
    return door(http.csrf(SecurityChains::formToken), Family.PAGES::equals).build();
  }

  /** A form of ours carries what only our pages could read: the value of this cookie. */
  private static void formToken(CsrfConfigurer<HttpSecurity> csrf) {
    CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
    tokens.setCookieName("entrepot_form");
    tokens.setCookieCustomizer(cookie -> cookie.path("/ui").httpOnly(true).sameSite("Strict"));
    csrf.csrfTokenRepository(tokens)
        // Each request proves anew who sends it; as if it were a sign-in, each would take the
        // token of the page before away.
        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy());
  }

  @Bean
  @Order(3)
  SecurityFilterChain noneChain(HttpSecurity http) {
    return plain(http.csrf(AbstractHttpConfigurer::disable))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private HttpSecurity door(HttpSecurity http, Predicate<Family> families) {
    return plain(http)
        .securityMatcher(request -> families.test(Family.of(request)))
        .addFilterBefore(
            new CredentialFilter(authenticator, callers, meter.checking()),
            AnonymousAuthenticationFilter.class)
        .addFilterAfter(new SameOriginFilter(trusted, errors), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new RequestGuard(errors), AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .access(authorization));
  }

  private HttpSecurity plain(HttpSecurity http) {
    return http.requestCache(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                    .addHeaderWriter(Caching::forbid)
                    .addHeaderWriter(ContentSecurity::write))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  @Bean
  HttpFirewall firewall() {
    return new DoorFirewall();
  }

  /** What that firewall refuses before any chain: told in the family's words. */
  @Bean
  RequestRejectedHandler rejectedRequests() {
    return (request, response, why) ->
        errors.write(
            request,
            response,
            RequestGuard.METHODS.contains(request.getMethod())
                ? Problem.of(ErrorCode.BAD_REQUEST, "The request is malformed")
                : RequestGuard.methodNotAllowed());
  }

  /** Keeps Spring from inventing an account with a generated password. */
  @Bean
  UserDetailsService nobody() {
    return name -> {
      throw new UsernameNotFoundException(name);
    };
  }
}
