"""Somebody at the door asks what they would get: the volunteer looks them up without a signal, and reads it out."""

from playwright.sync_api import expect

from db.models import Household, KitDownload, Membership, Person
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts
from pwa.web import system_clock
from tests.browser.fields import look_for, open_round, sent_out, tap
from tests.browser.stories import call, no_signal, office


def a_member(village):
    """Somebody of the communities that the volunteer looks after, made a member of long standing."""
    with office(village):
        here = Person.select(Person, Household).join(Household).join(Membership, on=(Membership.person == Person.id))
        found = here.where(Household.place.in_([unit.id for unit in village_places()])).first()
        Membership.update(joined_on="2021-01-05", tenure_from="2021-01-05").execute()
        return found


def village_places():
    current = assignments.current(accounts.named("volunteer"), on=system_clock().date())
    return assignments.communities(current)


def test_rights_are_told_at_the_door(village, phones):
    """Looked for, in the round and in the form of the house: the same words in all three."""
    member = a_member(village)
    volunteer = phones("volunteer", width=320)
    sent_out(village, volunteer)
    with no_signal(village, volunteer):
        volunteer.restart()
        page = open_round(volunteer)
        look_for(page, f"{member.first_name} {member.last_name}")
        told = page.locator('[data-list="found"] details').first
        told.locator("summary").click()
        expect(told).to_contain_text("เกิด · ค่าทำขวัญบุตร")
        expect(told).to_contain_text("1,000 บาท")
        expect(told).to_contain_text("10,000 บาท")
        expect(told).not_to_contain_text("นอนโรงพยาบาล")
        volunteer.fits()
        volunteer.is_accessible()
        volunteer.picture("rights-at-the-door")
        page.locator("[data-search] input").fill("")
        home = page.locator("[data-groups] a.row", has_text=f"{member.first_name} {member.last_name}").first
        mine = home.locator("xpath=following-sibling::details[1]")
        mine.locator("summary").click()
        expect(mine.locator("dd", has_text="10,000 บาท").first).to_be_visible()
        expect(mine).not_to_contain_text("นอนโรงพยาบาล")
        volunteer.picture("rights-in-the-round")
        tap(volunteer, home)
        expect(page.locator("[data-back]")).to_have_text("รอบวันนี้")
        of_house = page.locator("[data-house-rights] details")
        of_house.locator("summary").click()
        expect(of_house).to_contain_text(member.first_name)
        expect(of_house.locator("dd", has_text="10,000 บาท").first).to_be_visible()
        expect(of_house).not_to_contain_text("นอนโรงพยาบาล")
        volunteer.picture("rights-in-the-form")
        volunteer.fits()
        volunteer.is_accessible()


def test_a_kit_of_an_older_script_is_brought_anew_whole(village, phones):
    """It has no rights that this script could read; a difference would leave them out until each house changes."""
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    volunteer.page.evaluate("""async () => {
      const { transaction, all } = await import(moduleOf("store"));
      const head = (await all("kit")).find(({ id }) => id === "head");
      delete head.shape;
      await transaction(["kit"], "readwrite", async (t) => t.put("kit", head));
    }""")
    call(volunteer, "kit", "prepare")
    with office(village):
        kinds = [row.kind for row in KitDownload.select().order_by(KitDownload.id.desc()).limit(2)]
    call(volunteer, "kit", "prepare")
    with office(village):
        last = KitDownload.select().order_by(KitDownload.id.desc()).first()
    assert kinds == ["full", "full"] and last.kind == "difference"
