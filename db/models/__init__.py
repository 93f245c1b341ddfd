"""Every table, one page an area: fields, keys and CHECKs only."""

from db.models.custody import (
    Acceptance,
    Aside,
    Backup,
    ChainBreak,
    Device,
    DeviceKey,
    DeviceLeaving,
    DeviceRevocation,
    Entry,
    EntryKey,
    ErasedBlob,
    Erasure,
    Key,
    Opening,
    QueueImport,
    Seat,
    SeatChange,
    StoredBlob,
    TakingBack,
    Twin,
)
from db.models.desk import GapClosing
from db.models.fieldwork import Assignment, AssignmentEnd, AssignmentPlace, KitDownload
from db.models.operations import Generation, Mishap, NamedPhoto, RestoreProof, Uncovered, Wish
from db.models.people import (
    Account,
    DeviceUse,
    Enrolment,
    EnrolmentUse,
    FailedTry,
    Passkey,
    PasskeyRevocation,
    RoleEnd,
    RoleGrant,
    Session,
    SessionEnd,
    UsedChallenge,
)
from db.models.places import Fund, Unit
from db.models.register import (
    Admission,
    Application,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    Notice,
    Person,
    Resolution,
    Untold,
    Viewing,
    WaitingKey,
)
from db.models.reissues import Reissue, ReissueConfirmation, ReissueLink, ReissueRefusal
from db.models.review import Approval, Comment, CounterDecision, Rejection, Replacement, Return
from db.models.second_looks import Draw, Finding, Lot
from db.models.second_officers import AccessConfirmation, RoleStart
from db.models.ties import Digest, Tie, Untied
from db.models.trials import DemoWorld, Trial
from db.models.whereabouts import Whereabouts

ALL = [
    Unit, Fund,
    Key, Device, DeviceRevocation, DeviceKey, DeviceLeaving,
    Account, RoleGrant, RoleEnd, Enrolment, DeviceUse, Passkey, Session, SessionEnd, PasskeyRevocation, EnrolmentUse, UsedChallenge, FailedTry,
    DemoWorld, Trial,
    Entry, EntryKey, Opening, Seat, SeatChange, Twin, ChainBreak, StoredBlob, Erasure, ErasedBlob, Acceptance, Aside, TakingBack, Backup, QueueImport,
    Approval, Return, Comment, Rejection, Replacement, CounterDecision,
    Draw, Lot, Finding,
    Reissue, ReissueConfirmation, ReissueRefusal, ReissueLink,
    RoleStart, AccessConfirmation,
    GapClosing,
    NamedPhoto, Uncovered, Generation, Wish, Mishap, RestoreProof,
    Household, Person, Likeness, Fact, HealthFact, Application, Resolution, Admission, Membership, Notice, Viewing,
    WaitingKey, Whereabouts, Untold,
    Assignment, AssignmentPlace, AssignmentEnd, KitDownload,
    Tie, Untied, Digest,
]  # fmt: skip
