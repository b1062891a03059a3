package io.jenkins.plugins.darwin.jenkins.vote;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.AuthorizationStrategy;
import hudson.security.GroupDetails;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.darwin.vote.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Whose vote binds: groups, people who leave, and realms that tell Alice from alice. */
@WithJenkins
class GatePeopleTest {
    @TempDir
    Path temp;

    private VoteSite votes;

    @BeforeEach
    void start() throws Exception {
        votes = VoteSite.start(temp);
    }

    @AfterEach
    void stop() {
        votes.close();
    }

    @Test
    void whoIsInAGroupOfThePolicyBinds(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(
                jenkins, "version: '1.3.0', voters: ['@release-managers', 'carol'], advisers: ['@testers'], quorum: 2");
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "release-managers");
        realm.addGroups("bob", "release-managers", "testers");
        realm.addGroups("dave", "testers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(voting("alice", "bob", "carol", "dave", "eve"));
        assertStatus(201, votes.post(build, "alice", "vote", VoteSite.ballot(build, "+1", "")));
        assertStatus(403, votes.post(build, "eve", "vote", VoteSite.ballot(build, "+1", "")));
        WebResponse advice = votes.post(build, "dave", "vote", VoteSite.ballot(build, "+1", ""));
        assertThat(advice.getContentAsString()).contains("\"binding\":false");
        assertThat(VoteSite.gate(build).tally().binding().plusOne()).isEqualTo(1);
        assertThat(VoteSite.gate(build).tally().advising().plusOne()).isEqualTo(1);
        assertStatus(201, votes.post(build, "bob", "vote", VoteSite.ballot(build, "+1", "")));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(VoteSite.gate(build).vote().closing().orElseThrow().electorate())
                .contains("alice", "bob")
                .doesNotContain("dave");
    }

    /** Who left the group, and who lost the permission, had a ballot, and it does not count any more when the vote ends. */
    @Test
    void eligibilityIsAskedAgainWhenItCloses(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(
                jenkins,
                "version: '1.3.0', voters: ['@release-managers', 'carol'], quorum: 2, minHours: 1,"
                        + " failOnReject: false");
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "release-managers");
        realm.addGroups("bob", "release-managers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(voting("alice", "bob", "carol"));
        votes.vote(build, "alice", "+1");
        votes.vote(build, "bob", "+1");
        assertThat(VoteSite.gate(build).tally().quorumMet()).isTrue();
        JenkinsRule.DummySecurityRealm later = jenkins.createDummySecurityRealm();
        later.addGroups("bob", "release-managers");
        jenkins.jenkins.setSecurityRealm(later);
        assertThat(VoteSite.gate(build).tally().binding().plusOne())
                .as("alice left the group")
                .isEqualTo(1);
        jenkins.jenkins.setAuthorizationStrategy(voting("alice", "carol"));
        assertThat(VoteSite.gate(build).tally().binding().plusOne())
                .as("bob lost the permission, too")
                .isZero();
        assertStatus(409, votes.post(build, "rita", "close", Map.of()));
        assertStatus(200, votes.post(build, "admin", "override", Map.of("reason", "the hotfix can't wait")));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(VoteSite.gate(build).vote().closing().orElseThrow().electorate())
                .as("awaited, and able to vote")
                .containsExactly("carol");
        assertThat(VoteSite.gate(build).vote().closing().get().outcome()).isEqualTo(Outcome.OVERRIDDEN);
        assertThat(VoteSite.gate(build).vote().ballots())
                .as("and they stay in the record")
                .hasSize(2);
    }

    @Test
    void whereTheRealmTellsAliceFromAliceSoDoesTheVote(JenkinsRule jenkins) throws Exception {
        WorkflowRun build = votes.open(jenkins, "version: '1.3.0', voters: ['Alice', 'bob'], quorum: 2, hours: 24");
        jenkins.jenkins.setSecurityRealm(new CaseSensitiveRealm());
        jenkins.jenkins.setAuthorizationStrategy(voting("Alice", "alice", "bob"));
        build.doStop();
        jenkins.waitForCompletion(build);
        WorkflowRun strict = build.getParent().scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Vote on", strict);
        assertThat(votes.post(strict, "alice", "vote", VoteSite.ballot(strict, "+1", ""))
                        .getContentAsString())
                .contains("\"binding\":false");
        assertStatus(201, votes.post(strict, "Alice", "vote", VoteSite.ballot(strict, "+1", "")));
        assertThat(VoteSite.gate(strict).vote().counting()).containsOnlyKeys("alice", "^alice");
        assertStatus(201, votes.post(strict, "bob", "vote", VoteSite.ballot(strict, "+1", "")));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(strict));
        assertThat(VoteSite.gate(strict).vote().closing().orElseThrow().electorate())
                .containsExactly("^alice", "bob");
    }

    private static AuthorizationStrategy voting(String... voters) {
        return new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(VotePermissions.VOTE)
                .everywhere()
                .to(voters)
                .grant(VotePermissions.MANAGE)
                .everywhere()
                .to("rita");
    }

    private static void assertStatus(int expected, WebResponse answer) {
        assertThat(answer.getStatusCode()).as(answer.getContentAsString()).isEqualTo(expected);
    }

    /** Everybody's password is the name, and Alice is not alice. */
    private static final class CaseSensitiveRealm extends AbstractPasswordBasedSecurityRealm {
        @Override
        public IdStrategy getUserIdStrategy() {
            return new IdStrategy.CaseSensitive();
        }

        @Override
        protected UserDetails authenticate2(String name, String password) {
            return loadUserByUsername2(name);
        }

        @Override
        public UserDetails loadUserByUsername2(String name) {
            return new User(name, "", List.of(SecurityRealm.AUTHENTICATED_AUTHORITY2));
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String name, boolean members) {
            throw new UsernameNotFoundException(name);
        }
    }
}
