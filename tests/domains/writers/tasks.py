"""What there is to do on a deal."""

from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.tasks import service
from salestrekker_portal.tables.tasks import Task
from tests.domains.writers.scene import Collected, one_of

all_of = Collected()


@all_of(Task.title)
async def adds_a_task(session, scene, text):
    await service.add_task(session, scene.bob, title=text, due="today", deal_id=scene.deal.id)


@all_of(Task.title, last_stands=True, after=("adds_a_task",))
async def changes_a_task(session, scene, text):
    async with reading() as before:
        task = (await before.scalars(_tasks(scene, Task.removed_at.is_(None)))).first()
    task = task or await one_of(session, _tasks(scene, Task.removed_at.is_(None)), text)
    shown = service.task_form(task)
    await service.change_task(session, scene.alice, task.id, shown | {"title": text}, shown)


@all_of(after=("adds_a_task",))
async def does_a_task(session, scene, text):
    task = await one_of(session, _tasks(scene, Task.removed_at.is_(None)), text)
    await service.finish_task(session, scene.alice, task.id, done=not task.done_at)


@all_of(after=("adds_a_task",))
async def puts_a_task_off(session, scene, text):
    task = await one_of(session, _tasks(scene, Task.removed_at.is_(None)), text)
    await service.put_off_task(session, scene.bob, task.id, 3)


@all_of(after=("adds_a_task",))
async def removes_a_task(session, scene, text):
    task = await one_of(session, _tasks(scene, Task.removed_at.is_(None)), text)
    await service.remove_task(session, scene.alice, task.id)


@all_of(after=("adds_a_task", "removes_a_task"))
async def puts_a_task_back(session, scene, text):
    task = await one_of(session, _tasks(scene, Task.removed_at.is_not(None)), text)
    await service.put_back_task(session, scene.alice, task.id)


def _tasks(scene, *where):
    return select(Task).where(Task.deal_id == scene.deal.id, *where).order_by(Task.created_at, Task.id)
